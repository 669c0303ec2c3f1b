using MergeCache;
using MergeEngine;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Output;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Plans models: reads headers, finds the digests of what will be read, and writes down what decides the result.</summary>
sealed class ModelPlanner(WorkerRequest request, WorkerFolders folders, OptionValues options, InputDigests digests)
{
    readonly FileHashes hashes = new(folders.FileHashes);
    readonly ModelCache models = new();
    readonly Torch torch = new(options);
    readonly TrackedPath[] tools = [.. folders.Tools.Select(tool => TrackedPath.See(tool, long.MinValue))];

    /// <summary>Reads a recipe file.</summary>
    /// <exception cref="MergeException">Everything that is wrong with its text.</exception>
    public IReadOnlyList<RecipeDocument> Read(RequestedRecipe recipe) =>
        RecipeDocument.Read(recipe, options.Flag(recipe, RecipeMetadata.WriteIntermediates), model => Missing(recipe, model));

    /// <summary>Plans a model from headers alone.</summary>
    /// <param name="resultOf">Plans of the recipes whose results it may use.</param>
    /// <exception cref="MergeException">Everything that is wrong, with the warnings.</exception>
    public MergePlan Plan(ModelWork model, Func<string, MergePlan?> resultOf)
    {
        var results = model.Reads.ToDictionary(read => read.Key, read => folders.ModelFolder(read.Value.Name));
        return MergePlanner.Plan(model.Document.Recipe, Context(model.Owner.Requested, results) with { ResultOf = resultOf });
    }

    /// <param name="report">Gets the warnings.</param>
    /// <exception cref="MergeException">MRG0203, MRG0209.</exception>
    public PlannedModel Complete(RequestedRecipe recipe, RecipeDocument document, MergePlan plan, Action<Diagnostic> report, CancellationToken stop)
    {
        long readAt = FileStamp.Now();
        foreach (Diagnostic warning in All(plan).SelectMany(part => part.Recipe.Warnings.Concat(part.Warnings))) report(warning);
        MergeExecutor.CheckBudget(plan, options.Merge);
        new Pins(request, hashes).Check(plan);
        digests.Add(plan.InputTensors, stop);
        return new PlannedModel(
            document.ModelName,
            document.Recipe.Position,
            new KeyText(plan.KeyLines(digests.Of, Files(plan))),
            [.. tools, .. Inputs(plan, readAt)],
            [.. All(plan).Select(part => Path.GetFullPath(part.Recipe.Position.File)).Distinct()],
            new ModelWriter(document.ModelName, plan, options.Merge, digests).Write);
    }

    /// <inheritdoc cref="MergePlanner.Missing"/>
    Diagnostic? Missing(RequestedRecipe recipe, Placed<ModelReference> model) =>
        request.Recipes.Concat(request.OtherRecipes).Any(other => other.Name == model.Value.Path)
            ? null
            : MergePlanner.Missing(model, Context(recipe, new Dictionary<string, string>()));

    /// <summary>A plan and those of the results in it.</summary>
    static IEnumerable<MergePlan> All(MergePlan plan) => plan.Results.Select(result => result.Plan).Append(plan);

    PlanningContext Context(RequestedRecipe recipe, IReadOnlyDictionary<string, string> results)
    {
        var aliases = new Dictionary<string, string>(results, StringComparer.Ordinal);
        foreach (NamedModel model in request.Models.Where(model => model.Name.Length > 0)) aliases.TryAdd(model.Name, model.Path);
        var context = new PlanningContext
        {
            ProjectDirectory = Path.GetDirectoryName(request.Project)!,
            Aliases = aliases,
            Models = results.Count > 0 ? new ModelCache() : models,
            Seed = options.Seed(recipe),
            AllowMixedArchitectures = options.Flag(recipe, RecipeMetadata.AllowMixedArchitectures),
            CopyTokenizer = options.Flag(recipe, RecipeMetadata.CopyTokenizer, byDefault: true),
            WriteModelCard = options.Flag(recipe, RecipeMetadata.WriteModelCard, byDefault: true),
            LinearAlgebra = torch.Find,
            TextEncoders = TokenizerFile.Open,
        };
        return options.ShardBytes(recipe) is { } bytes ? context with { ShardBytes = bytes } : context;
    }

    IEnumerable<(string Name, string Sha256)> Files(MergePlan plan) =>
        plan.SideFiles.Select(file => (file.Name, hashes.Of(file.Path))).Concat(plan.Texts.Select(text => (text.Name, KeyText.Sha256(text.Text))));

    /// <summary>Files that were read, folders where a new file would count, and places where nothing was found.</summary>
    IEnumerable<TrackedPath> Inputs(MergePlan plan, long readAt)
    {
        HashSet<string> weights = [.. plan.InputTensors.Select(tensor => tensor.File)];
        HashSet<string> side = [.. plan.SideFiles.Select(file => file.Path)];
        foreach (string file in weights) yield return digests.Seen(file);
        foreach (string file in side) yield return hashes.Seen(file);
        string[] looked =
        [
            .. All(plan).SelectMany(part => part.InputFiles).Where(file => !weights.Contains(file) && !side.Contains(file)),
            .. plan.Models.Select(model => model.Directory),
            .. All(plan).SelectMany(part => part.Adapters).Select(adapter => adapter.Directory),
            .. All(plan).Select(part => part.Donor?.Directory).OfType<string>().Distinct().SelectMany(Directory.GetDirectories),
            .. All(plan).Select(part => Path.GetFullPath(part.Recipe.Position.File)),
            .. All(plan).SelectMany(part => part.Recipe.Models, (part, model) => model.Value.Adapters.Select(adapter => adapter.Path).Prepend(model.Value.Path)
                .SelectMany(path => Candidates(part.Recipe, path))).SelectMany(path => path),
        ];
        foreach (string path in looked.Distinct(StringComparer.Ordinal)) yield return TrackedPath.See(path, readAt);
    }

    /// <summary>A relative path is looked for at the project and then at the recipe: a folder that appears at the first place changes the plan.</summary>
    string[] Candidates(Recipe recipe, string path) =>
        [Path.GetFullPath(path, Path.GetDirectoryName(request.Project)!), Path.GetFullPath(path, Path.GetDirectoryName(recipe.Position.File)!)];
}
