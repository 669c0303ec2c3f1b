using MergeEngine.Architectures;
using MergeEngine.Output;
using MergeEngine.Planning.Extraction;
using MergeEngine.Planning.Moe;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Turns a recipe into steps, from headers alone: what can be known to fail without reading weights fails here, all at once.</summary>
public static class MergePlanner
{
    /// <exception cref="MergeException">Everything that is wrong: MRG0150-MRG0199, MRG02xx, MRG0301; with the warnings that were found.</exception>
    /// <exception cref="UnfitResultException">A recipe whose result this one uses has to be merged first.</exception>
    public static MergePlan Plan(Recipe recipe, PlanningContext context)
    {
        MergePlan plan = Planned(recipe, context);
        var named = recipe.Models.SelectMany(model => model.Value.Adapters.Select(adapter => adapter.Path).Prepend(model.Value.Path)).Where(path => IsHubId(path) && context.Aliases.ContainsKey(path));
        return plan with { WriteModelCard = context.WriteModelCard, HubModels = [.. plan.Results.SelectMany(result => result.Plan.HubModels).Concat(named).Distinct()] };
    }

    /// <summary>Owner and name, as in mergekit's cards; a path begins with a dot, a slash or a tilde.</summary>
    static bool IsHubId(string path) => path.Count(c => c == '/') == 1 && char.IsAsciiLetterOrDigit(path[0]) && path[^1] != '/';

    static MergePlan Planned(Recipe recipe, PlanningContext context) => recipe switch
    {
        MergeRecipe merge => Plan(merge, context),
        MoeRecipe moe => new MoePlanner(moe, context).Plan(),
        ExtractionRecipe extraction => new ExtractionPlanner(extraction, context).Plan(),
        _ => throw new ArgumentException($"No planner for {recipe.GetType().Name}.", nameof(recipe)),
    };

    static MergePlan Plan(MergeRecipe recipe, PlanningContext context)
    {
        List<Diagnostic> findings = [];
        RecipeModels models = Models(recipe, DonorOf(recipe), context, findings);
        if (models.AreFiles) return FilePlanner.Plan(recipe, models, context, findings);
        if (recipe.Tensors is { } tensors) findings.Add(Errors.TensorsOnlyOfFiles(tensors.Position));
        if (recipe.AllowDroppedTensors is not { Value: true }) findings.AddRange(recipe.Models.Select(models.Dropped).OfType<Diagnostic>());
        WriteResultsFirst(recipe, models);
        IReadOnlyList<PlanModule> modules = new ModuleBuilder(recipe, models, findings).Build();
        var parameters = new ParameterResolver(recipe, findings);
        var problems = new TensorProblems();
        TokenizerPlan? tokenizer = recipe.Tokenizer is { } asked ? new TokenizerPlanner(recipe, asked, models, context, findings).Plan() : null;
        VocabularyTables? tables = tokenizer is null ? null : new VocabularyTables(tokenizer, recipe, models, findings);
        var builder = new StepBuilder(recipe, parameters, tables, problems, findings);
        MergeStep[] steps = [.. modules.SelectMany(module => Steps(module, builder)).OfType<MergeStep>()];
        parameters.Report();
        problems.Report(recipe.Spec.Id, findings);
        builder.Report();
        var files = new TokenizerFiles(recipe, tokenizer, models, context, findings);
        IReadOnlyList<SideFile> sideFiles = Try(() => files.Choose(models.Donor.SideFiles(models.Architecture.SideFiles)), findings) ?? [];
        ThrowIfErrors(findings);
        if (builder.Unfit.Count > 0) throw new UnfitResultException(recipe, builder.Unfit);
        IReadOnlyList<OutputText> report = tables?.Report(context.Models.Tokenizer(models.Donor.Directory)) ?? [];
        (string config, IReadOnlyList<Diagnostic> warnings) = OutputConfig.Make(models.Donor.Config, new ConfigEdits
        {
            Dtype = (recipe.OutDtype ?? recipe.Dtype) is { } dtype ? DtypeNames.NameOf(dtype.Value) : null,
            HasOwnHead = HasOwnHead(modules, models.Donor, steps),
            Layers = [.. modules.Select(module => LayersOf(module, models.Donor))],
            VocabSize = tokenizer?.RowCount ?? builder.CroppedRows,
            VocabSizeKeys = models.Architecture.VocabSizeKeys,
        });
        return new MergePlan
        {
            Recipe = recipe,
            Steps = steps,
            Seed = context.Seed ?? recipe.Seed?.Value ?? 0,
            ShardBytes = context.ShardBytes,
            Donor = models.Donor,
            Models = [.. models.All],
            Results = models.Results,
            References = [.. recipe.Models.Select(model => (model.Value, models[model.Value]))],
            Texts = [new OutputText(ModelConfig.FileName, config), .. files.Texts, .. report],
            LookedAt = [.. files.LookedAt, .. models.Results.SelectMany(result => result.Plan.LookedAt)],
            SideFiles = sideFiles,
            AllowNonFinite = recipe.AllowNonfinite is { Value: true },
            Warnings = RepeatedWarnings.Joined(findings.Concat(warnings)),
        };
    }

    /// <returns>MRG0201 if there is no such folder, or none of an adapter; null if there is.</returns>
    public static Diagnostic? Missing(Placed<ModelReference> model, PlanningContext context)
    {
        try
        {
            var paths = new ModelPaths([], context);
            paths.Find(model);
            foreach (AdapterReference adapter in model.Value.Adapters) paths.Find(model.Position, adapter.Path);
            return null;
        }
        catch (MergeException e)
        {
            return e.Diagnostics[0];
        }
    }

    internal static void ThrowIfErrors(List<Diagnostic> findings)
    {
        if (findings.Exists(finding => finding.Severity == Severity.Error)) throw new MergeException(RepeatedWarnings.Joined(findings));
    }

    /// <returns>Null after an error, which is added.</returns>
    internal static T? Try<T>(Func<T> make, List<Diagnostic> findings) where T : class
    {
        try
        {
            return make();
        }
        catch (MergeException e) when (e is not UnfitResultException)
        {
            findings.AddRange(e.Diagnostics);
            return null;
        }
    }

    internal static RecipeModels Models(Recipe recipe, ModelReference donor, PlanningContext context, List<Diagnostic> findings)
    {
        RecipeModels? models = Try(() => new RecipeModels(recipe, donor, context, findings), findings);
        return models ?? throw new MergeException([.. findings.Distinct()]);
    }

    static ModelReference DonorOf(MergeRecipe recipe) => (recipe.Base ?? recipe.Modules.SelectMany(module => module.Slices ?? []).First().Sources[0].Model).Value;

    /// <summary>Tables are read row by row, and tokenizers are files: both need a result's folder.</summary>
    static void WriteResultsFirst(MergeRecipe recipe, RecipeModels models)
    {
        if (recipe is { Tokenizer: null, ChatTemplate: null } || models.Results.Count == 0) return;
        throw new UnfitResultException(recipe, recipe.Models.Where(model => models[model.Value].Plan is not null).Select(model => model.Value.Path).Distinct()
            .ToDictionary(path => path, _ => "its tokenizer and its embeddings are fitted to others"));
    }

    /// <summary>Before the layers: the first slice. After them: the last. Both at place 0 of every gradient.</summary>
    static IEnumerable<MergeStep?> Steps(PlanModule module, StepBuilder builder)
    {
        int all = module.LayerCount;
        foreach (TensorTemplate template in module.Template.Pre) yield return builder.Build(module.Slices[0], template, 0, 0, template.NameFor(0, all));
        int layer = 0;
        foreach (PlanSlice slice in module.Slices)
        {
            for (int place = 0; place < slice.Count; place++, layer++)
            {
                foreach (TensorTemplate template in module.Template.Layer)
                    yield return builder.Build(slice, template, place, slice.At(place), template.NameFor(layer, all));
            }
        }
        foreach (TensorTemplate template in module.Template.Post) yield return builder.Build(module.Slices[^1], template, 0, 0, template.NameFor(0, all));
    }

    static bool HasOwnHead(IReadOnlyList<PlanModule> modules, OpenModel donor, MergeStep[] steps) => modules.Any(module =>
        module.Template.Post.Any(template => template.TiedNames.Length > 0
            && template.FindOwnIn(donor.Checkpoint.Tensors, 0, module.LayerCount) is null
            && template.NameFor(0, module.LayerCount) is var name && Array.Exists(steps, step => step.Name == name)));

    static LayerEdit LayersOf(PlanModule module, OpenModel donor) => new(
        module.Template.Name,
        module.Template.LayerCountKey(donor.Config),
        module.Template.LayerCount(donor.Config),
        [.. module.Slices.SelectMany(slice => Enumerable.Range(slice.Sources[0].First, slice.Count))]);
}
