using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Output;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>Plans a mixture of experts: chooses its architecture, makes its steps and its configuration.</summary>
sealed class MoePlanner(MoeRecipe recipe, PlanningContext context)
{
    static readonly string[] DtypeKeys = ["dtype", "torch_dtype"];

    readonly List<Diagnostic> findings = [];

    /// <exception cref="MergeException">Everything that is wrong: MRG0145, MRG0152, MRG0155, MRG02xx; with the warnings that were found.</exception>
    /// <exception cref="UnfitResultException">A recipe whose result this one uses has to be merged first.</exception>
    public MergePlan Plan()
    {
        RecipeModels models = MergePlanner.Models(recipe, recipe.Base!.Value.Value, context, findings);
        MoeTarget? target = Choose(models.Architecture.Name);
        CheckLayers(models);
        MergePlanner.ThrowIfErrors(findings);
        CheckDropped(models, target!);
        ulong seed = context.Seed ?? recipe.Seed?.Value ?? 0;
        MergeStep[] steps = Steps(models, target!, seed);
        IReadOnlyList<SideFile> sideFiles = MergePlanner.Try(() => models.Donor.SideFiles(models.Architecture.SideFiles), findings) ?? [];
        MergePlanner.ThrowIfErrors(findings);
        (string config, IReadOnlyList<Diagnostic> warnings) = OutputConfig.Make(models.Donor.Config, Edits(models, target!));
        return new MergePlan
        {
            Recipe = recipe,
            Steps = steps,
            Seed = seed,
            ShardBytes = context.ShardBytes,
            Donor = models.Donor,
            Models = [.. models.All],
            Results = models.Results,
            References = [.. recipe.Models.Select(model => (model.Value, models[model.Value]))],
            Texts = [new OutputText(ModelConfig.FileName, config), .. models.Donor.Texts],
            SideFiles = sideFiles,
            AllowNonFinite = recipe.AllowNonfinite is { Value: true },
            Warnings = [.. findings.Concat(warnings).Distinct()],
        };
    }

    MoeTarget? Choose(string architecture)
    {
        MoeTarget[] candidates = [.. MoeTarget.All.Where(target => recipe.Architecture is not { } start || target.Name.StartsWith(start.Value, StringComparison.OrdinalIgnoreCase))];
        if (candidates.Length == 0)
            findings.Add(Errors.UnknownMoeArchitecture(recipe.Architecture!.Value.Position, recipe.Architecture.Value.Value, MoeTarget.All.Select(target => target.Name)));
        else if (Array.TrueForAll(candidates, candidate => candidate.Refuse(recipe, architecture) is not null))
            findings.Add(Errors.MoeArchitecturesRefuse(recipe.Architecture?.Position ?? recipe.Base!.Value.Position, candidates.Select(candidate => candidate.Refuse(recipe, architecture)!)));
        return candidates.FirstOrDefault(candidate => candidate.Refuse(recipe, architecture) is null);
    }

    void CheckLayers(RecipeModels models)
    {
        int Count(OpenModel model) => models.Architecture.Modules[0].LayerCount(model.Config);
        Placed<ModelReference>[] opened = [.. recipe.Models];
        if (MergePlanner.Try(() => opened.Select(model => Count(models[model.Value])).ToArray(), findings) is not { } counts) return;
        for (int i = 1; i < counts.Length; i++)
            if (counts[i] != counts[0]) findings.Add(Errors.LayerCountsDiffer(opened[i], counts[i], opened[0].Value, counts[0]));
    }

    /// <summary>Of the base what the dense or the new architecture has no place for; of experts what their MLPs have besides the three matrices.</summary>
    void CheckDropped(RecipeModels models, MoeTarget target)
    {
        if (recipe.AllowDroppedTensors is { Value: true }) return;
        if (models.Dropped(recipe.Base!.Value) is { } unknown) findings.Add(unknown);
        string[] ofBase = [.. models.Donor.Checkpoint.Tensors.Keys.Where(name => !target.Has(name))];
        if (ofBase.Length > 0) findings.Add(Errors.TensorsDropped(recipe.Base.Value.Position, recipe.Base.Value.Value, target.Name, ofBase));
        foreach (Placed<ModelReference> model in recipe.AllExperts.Select(expert => expert.Model).DistinctBy(model => model.Value))
        {
            string[] biases = [.. models[model.Value].Checkpoint.Tensors.Keys.Where(name => name.Contains(".mlp.", StringComparison.Ordinal) && name.EndsWith(".bias", StringComparison.Ordinal))];
            if (biases.Length > 0) findings.Add(Errors.TensorsDropped(model.Position, model.Value, target.Name, biases));
        }
    }

    MergeStep[] Steps(RecipeModels models, MoeTarget target, ulong seed)
    {
        var problems = new TensorProblems();
        var prompts = new PromptEncoder(recipe, context, models.Donor, findings);
        PlannedTensor? embeddings = Embeddings(models);
        var gates = new MoeGates(recipe.GateMode.Value, embeddings?.Shape[1] ?? 1, seed, experts => embeddings is null ? null : prompts.Gates(experts, embeddings));
        var builder = new MoeStepBuilder(recipe, models, target, OutputType(models), seed, gates, problems);
        MergeStep[] steps = [.. builder.Build()];
        problems.Report(recipe.Spec.Id, findings);
        MergePlanner.ThrowIfErrors(findings);
        return builder.Unfit.Count > 0 ? throw new UnfitResultException(recipe, builder.Unfit) : steps;
    }

    /// <returns>Null if they are missing, which the base's steps report.</returns>
    PlannedTensor? Embeddings(RecipeModels models)
    {
        TensorTemplate template = models.Architecture.Modules[0].Pre.First(template => template.IsEmbedding);
        TensorInfo? found = template.FindIn(models.Donor.Checkpoint.Tensors, 0, 1);
        return found is { Shape.Rank: 2 } ? models.Donor.Planned(recipe.Base!.Value.Value.ToString(), found) : null;
    }

    /// <summary>The recipe's, else that of the base's configuration.</summary>
    Dtype? OutputType(RecipeModels models) => recipe.Dtype?.Value
        ?? DtypeKeys.Select(key => models.Donor.Config.Find(key)?.ToString()).OfType<string>().Select(DtypeNames.Find).FirstOrDefault(dtype => dtype is not null);

    /// <summary>Where the mixture has no sliding window, no layer is of that type either.</summary>
    static IEnumerable<(string Key, JsonNode? Value)> WithoutWindow(IReadOnlyList<(string Key, JsonNode? Value)> values, ModelConfig config) =>
        values.Any(value => value.Key == "sliding_window") && config.Root["layer_types"] is JsonArray types
            ? values.Append(("layer_types", new JsonArray([.. types.Select(_ => (JsonNode)"full_attention")])))
            : values;

    ConfigEdits Edits(RecipeModels models, MoeTarget target)
    {
        TensorTemplate projection = models.Architecture.Modules[0].Layer.First(template => template.Name.EndsWith(".up_proj.weight", StringComparison.Ordinal));
        long innerSize = projection.FindIn(models.Donor.Checkpoint.Tensors, 0, 1) is { Shape.Rank: 2 } stored ? stored.Shape[0] : 0;
        return new ConfigEdits
        {
            Dtype = recipe.Dtype is { } dtype ? DtypeNames.NameOf(dtype.Value) : null,
            Values = [.. DenseDefaults.Missing(models.Architecture.Name, models.Donor.Config), .. WithoutWindow([.. target.Config(recipe, innerSize)], models.Donor.Config)],
        };
    }
}
