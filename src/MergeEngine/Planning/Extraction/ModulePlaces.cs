using MergeEngine.Architectures;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Extraction;

/// <summary>Lays the tensors of base and model side by side, in the architecture's order; says what does not fit.</summary>
sealed class ModulePlaces(ExtractionRecipe recipe, RecipeModels models, List<Diagnostic> findings)
{
    readonly OpenModel baseModel = models[recipe.Base!.Value.Value], tuned = models[recipe.Model.Value];
    readonly List<string> missing = [], missingInBase = [], otherShapes = [];

    public IReadOnlyList<ModulePlace> Find()
    {
        List<ModulePlace> places = [.. models.Architecture.Modules.SelectMany(Of).Where(Fits)];
        if (missing.Count > 0) findings.Add(Errors.TensorsMissing(recipe.Model, missing));
        if (missingInBase.Count > 0) findings.Add(Errors.TensorsMissing(recipe.Base!.Value, missingInBase));
        if (otherShapes.Count > 0) findings.Add(Errors.ShapesDiffer(recipe.Model, otherShapes));
        return places;
    }

    IEnumerable<ModulePlace> Of(ArchitectureModule module)
    {
        int[] counts = [module.LayerCount(baseModel.Config), module.LayerCount(tuned.Config)];
        if (counts[0] != counts[1]) findings.Add(Errors.LayerCountsDiffer(recipe.Model, counts[1], recipe.Base!.Value.Value, counts[0]));
        return counts[0] != counts[1] ? [] : module.Tensors(counts[0]).Select(tensor => Of(module, tensor.Template, tensor.Layer, counts[0])).OfType<ModulePlace>();
    }

    /// <summary>What neither stores itself is not there: it is tied to another tensor, whose adapter it shares.</summary>
    ModulePlace? Of(ArchitectureModule module, TensorTemplate template, int layer, int count)
    {
        if (new[] { baseModel, tuned }.All(model => template.FindOwnIn(model.Checkpoint.Tensors, layer, count) is null) && template.Optional) return null;
        double at = module.Layer.Contains(template) ? count > 1 ? layer / (double)(count - 1) : 1 : 0;
        return new ModulePlace(template.NameFor(layer, count), template, module.Post.Contains(template), at,
            template.FindIn(baseModel.Checkpoint.Tensors, layer, count), template.FindIn(tuned.Checkpoint.Tensors, layer, count));
    }

    bool Fits(ModulePlace place)
    {
        if (!recipe.Modules.Has(place.Module)) return false;
        if (place.Tuned is null) missing.Add(place.Name);
        else if (place.Base is null) missingInBase.Add(place.Name);
        else if (place.HasOtherShape && !place.IsVocabulary) otherShapes.Add($"{place.Tuned.Name} {place.Tuned.Shape} against {place.Base.Shape} in '{recipe.Base!.Value.Value}'");
        return place is { Tuned: not null, Base: not null };
    }
}
