using MergeEngine.Adapters;
using MergeEngine.Architectures;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>The models of a recipe, opened and of one architecture.</summary>
sealed class RecipeModels
{
    readonly Dictionary<ModelReference, OpenModel> models = [];
    readonly Dictionary<ModelReference, IReadOnlyList<OpenAdapter>> adapters = [];

    /// <exception cref="MergeException">All errors about the models themselves: paths, files, configurations, architectures.</exception>
    public RecipeModels(Recipe recipe, ModelReference donor, PlanningContext context, List<Diagnostic> findings)
    {
        var paths = new ModelPaths([.. recipe.Needs], context);
        foreach (Placed<ModelReference> model in recipe.Models) Open(model, paths, context, findings);
        MergePlanner.ThrowIfErrors(findings);
        AreFiles = recipe.Models.Any(model => this[model.Value].IsFile);
        Architecture = AreFiles ? OfFiles(recipe, findings) : Architecture.Of([.. recipe.Models.Select(Outline)], context.AllowMixedArchitectures);
        foreach (Placed<ModelReference> model in recipe.Models) models[model.Value] = new ModelAdapters(model, this[model.Value], adapters[model.Value], findings).On(Architecture);
        DonorReference = donor;
    }

    public Architecture Architecture { get; }

    /// <summary>The models are weight files: there is no configuration, and no donor of one.</summary>
    public bool AreFiles { get; }

    /// <summary>Gives configuration, tokenizer and side files: the recipe's base, else the first model in it.</summary>
    public OpenModel Donor => this[DonorReference];

    public ModelReference DonorReference { get; }

    public OpenModel this[ModelReference model] => models[model];

    /// <summary>Every folder, also those of results.</summary>
    public IEnumerable<OpenModel> All => models.Values.SelectMany(model => model.Plan?.Models ?? [model]).DistinctBy(model => model.Directory);

    /// <summary>The recipes whose results are among the models, each after those that it uses itself.</summary>
    public IReadOnlyList<(string Name, MergePlan Plan)> Results =>
        [.. models.Where(model => model.Value.Plan is not null).SelectMany(model => model.Value.Plan!.Results.Append((model.Key.Path, model.Value.Plan))).DistinctBy(result => result.Plan)];

    /// <summary>Null if the recipe does not merge the model.</summary>
    public OpenModel? Find(ModelReference model) => models.GetValueOrDefault(model);

    void Open(Placed<ModelReference> model, ModelPaths paths, PlanningContext context, List<Diagnostic> findings)
    {
        try
        {
            adapters[model.Value] = [.. model.Value.Adapters.Select(adapter => Adapter(model, adapter, paths, context, findings)).OfType<OpenAdapter>()];
            OpenModel opened = paths.Result(model) is { } result ? OpenModel.ResultOf(result) : Folder(model, paths.Find(model), context);
            findings.AddRange(opened.Checkpoint.Warnings);
            if (model.Value.Revision is not null) findings.Add(Errors.RevisionIgnored(model.Position, model.Value.Path, model.Value.Revision));
            models[model.Value] = model.Value.OverrideArchitecture is { } name ? opened.WithArchitecture(name) : opened;
        }
        catch (MergeException e) when (e is not UnfitResultException)
        {
            findings.AddRange(e.Diagnostics);
        }
    }

    static OpenModel Folder(Placed<ModelReference> model, string folder, PlanningContext context) => OpenAdapter.BaseOfFolder(folder) is { } trainedOn
        ? throw new MergeException(Errors.AdapterIsNoModel(model.Position, model.Value.Path, trainedOn))
        : context.Models.Open(folder);

    /// <returns>Null after an error, which is added.</returns>
    static OpenAdapter? Adapter(Placed<ModelReference> model, AdapterReference adapter, ModelPaths paths, PlanningContext context, List<Diagnostic> findings)
    {
        if (adapter.Revision is not null) findings.Add(Errors.RevisionIgnored(model.Position, adapter.Path, adapter.Revision));
        return MergePlanner.Try(() => context.Models.OpenAdapter(paths.Find(model.Position, adapter.Path)), findings);
    }

    ModelOutline Outline(Placed<ModelReference> model) =>
        new(model.Value.ToString(), model.Position, this[model.Value].Config, this[model.Value].Checkpoint.Tensors);

    Architecture OfFiles(Recipe recipe, List<Diagnostic> findings)
    {
        ModelReference file = recipe.Models.First(model => this[model.Value].IsFile).Value;
        findings.AddRange(recipe.Models.Where(model => !this[model.Value].IsFile).Select(folder => Errors.FilesAndFolders(folder, file)));
        if (recipe is not MergeRecipe) findings.Add(Errors.FilesHaveNoArchitecture(recipe.Position, recipe.Spec.Id));
        MergePlanner.ThrowIfErrors(findings);
        Architecture architecture = RawArchitecture.Of((MergeRecipe)recipe, [.. recipe.Models.Select(model => (model, this[model.Value]))], findings);
        MergePlanner.ThrowIfErrors(findings);
        return architecture;
    }

    /// <summary>MRG0152 if the model has tensors that the architecture does not know.</summary>
    public Diagnostic? Dropped(Placed<ModelReference> model)
    {
        OpenModel opened = this[model.Value];
        IReadOnlyList<string> unknown = Architecture.Unknown(opened.Config, opened.Checkpoint.Tensors.Keys);
        return unknown.Count > 0 ? Errors.TensorsDropped(model.Position, model.Value, Architecture.Name, unknown) : null;
    }
}
