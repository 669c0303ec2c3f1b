using MergeEngine.Architectures;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Brings the modules of a recipe and those of the architecture together.</summary>
sealed class ModuleBuilder(MergeRecipe recipe, RecipeModels models, List<Diagnostic> findings)
{
    /// <returns>The modules to write, in the architecture's order.</returns>
    public IReadOnlyList<PlanModule> Build()
    {
        RecipeModule first = recipe.Modules[0];
        if (first.Name is null && !first.Slices![0].WholeModels && models.Architecture.Modules.Length > 1)
        {
            findings.Add(Errors.SlicesOfSeveralModules(first.Slices[0].Position, Names));
            return [];
        }
        foreach (RecipeModule unknown in recipe.Modules.Where(module => module.Name is not null && models.Architecture.Module(module.Name) is null))
            findings.Add(Errors.UnknownModule(unknown.Position, unknown.Name!, Names));
        return [.. models.Architecture.Modules.Select(Build).OfType<PlanModule>()];
    }

    IEnumerable<string> Names => models.Architecture.Modules.Select(module => module.Name);

    PlanModule? Build(ArchitectureModule module)
    {
        RecipeModule? owner = recipe.Modules.FirstOrDefault(candidate => candidate.Name is null || candidate.Name == module.Name);
        if (owner is null) findings.Add(Errors.ModuleLeftOut(recipe.Modules[0].Position, module.Name));
        if (owner?.Slices is null) return null;
        var builder = new SliceBuilder(recipe, models, findings);
        PlanSlice[] slices = [.. owner.Slices.Select(slice => builder.Build(slice, owner, module)).OfType<PlanSlice>()];
        if (slices.Length < owner.Slices.Count) return null;
        if (module.Post.Length > 0 && slices[0].Sources.Count < slices[^1].Sources.Count)
            findings.Add(Errors.MoreSourcesAtTheEnd(slices[^1].Position, slices[0].Sources.Count, slices[^1].Sources.Count));
        return new PlanModule(module, slices);
    }
}
