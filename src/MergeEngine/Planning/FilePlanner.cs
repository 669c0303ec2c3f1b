using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Plans merges of weight files: tensors of the same name, no configuration, no tokenizer, no side files.</summary>
static class FilePlanner
{
    /// <param name="models">Weight files, all of them.</param>
    /// <param name="findings">Everything that was found so far.</param>
    /// <exception cref="MergeException">Everything that is wrong.</exception>
    public static MergePlan Plan(MergeRecipe recipe, RecipeModels models, PlanningContext context, List<Diagnostic> findings)
    {
        PlanModule module = new ModuleBuilder(recipe, models, findings).Build().FirstOrDefault() ?? throw new MergeException(RepeatedWarnings.Joined(findings));
        var parameters = new ParameterResolver(recipe, findings);
        var problems = new TensorProblems();
        var builder = new StepBuilder(recipe, parameters, null, problems, findings);
        MergeStep[] steps = [.. module.Template.Pre.Select(template => builder.Build(module.Slices[0], template, 0, 0, template.Name)).OfType<MergeStep>()];
        parameters.Report();
        problems.Report(recipe.Spec.Id, findings);
        builder.Report();
        MergePlanner.ThrowIfErrors(findings);
        return new MergePlan
        {
            Recipe = recipe,
            Steps = steps,
            Seed = context.Seed ?? recipe.Seed?.Value ?? 0,
            ShardBytes = context.ShardBytes,
            Models = [.. models.All],
            References = [.. recipe.Models.Select(model => (model.Value, models[model.Value]))],
            Texts = [],
            SideFiles = [],
            AllowNonFinite = recipe.AllowNonfinite is { Value: true },
            Warnings = RepeatedWarnings.Joined(findings),
        };
    }
}
