using MergeEngine.Architectures;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>What weight files have instead of an architecture: tensors by name, none of them in a layer, none of them an embedding.</summary>
static class RawArchitecture
{
    /// <param name="models">The files, in the order of the recipe.</param>
    /// <param name="findings">Errors are added: MRG0181-MRG0183.</param>
    public static Architecture Of(MergeRecipe recipe, IReadOnlyList<(Placed<ModelReference> Reference, OpenModel Model)> models, List<Diagnostic> findings)
    {
        foreach (var (position, what) in NotOfFiles(recipe).Distinct()) findings.Add(Errors.FilesHaveNoArchitecture(position, what));
        var selection = recipe.Tensors?.Value ?? TensorSelection.All;
        string[] all = [.. models.SelectMany(model => Names(model.Model)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] common = [.. all.Where(name => models.All(model => model.Model.Checkpoint.Tensors.ContainsKey(name)))];
        foreach (var (reference, model) in models) Check(reference, model, selection == TensorSelection.All ? all : common, findings);
        var optional = all.Except(common, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return new Architecture("raw", [new ArchitectureModule("default", [], 0)
        {
            Pre = [.. (selection == TensorSelection.Union ? all : common).Select(name => new TensorTemplate(name) { Optional = optional.Contains(name) })],
        }]);
    }

    static void Check(Placed<ModelReference> reference, OpenModel model, IEnumerable<string> wanted, List<Diagnostic> findings)
    {
        string[] missing = [.. wanted.Where(name => !model.Checkpoint.Tensors.ContainsKey(name))], impossible = [.. Names(model).Where(IsImpossible)];
        if (missing.Length > 0) findings.Add(Errors.FilesLackTensors(reference, missing));
        if (impossible.Length > 0) findings.Add(Errors.NamesNotPossible(reference, impossible));
    }

    static IEnumerable<(SourcePosition Position, string What)> NotOfFiles(MergeRecipe recipe)
    {
        foreach (RecipeModule module in recipe.Modules.Where(module => module.Name is not null)) yield return (module.Position, "modules");
        foreach (RecipeSlice slice in recipe.Modules.Where(module => module.Name is null).SelectMany(module => module.Slices ?? []).Where(slice => !slice.WholeModels))
            yield return (slice.Position, "slices");
        if (recipe.Tokenizer is { } tokenizer) yield return (tokenizer.Source.Position, "tokenizer");
        if (recipe.ChatTemplate is { } template) yield return (template.Position, "chat_template");
        foreach (Placed<ModelReference> model in recipe.Models.Where(model => model.Value.OverrideArchitecture is not null)) yield return (model.Position, "override_architecture");
        foreach (Placed<ModelReference> model in recipe.Models.Where(model => model.Value.Adapter is not null)) yield return (model.Position, "lora");
    }

    static IEnumerable<string> Names(OpenModel model) => model.Checkpoint.Tensors.Keys;

    /// <summary>Braces are placeholders in templates; the other name is not a tensor's in a safetensors file.</summary>
    static bool IsImpossible(string name) => name == Checkpoints.SafetensorsHeader.MetadataKey || name.Contains("{layer", StringComparison.Ordinal);
}
