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

    /// <param name="results">Folders of the models of the file's other documents, by the documents' names.</param>
    /// <param name="report">Gets the warnings.</param>
    /// <exception cref="MergeException">Everything that is wrong, with the warnings.</exception>
    public PlannedModel Plan(
        RequestedRecipe recipe, RecipeDocument document, IReadOnlyDictionary<string, string> results, Action<Diagnostic> report, CancellationToken stop)
    {
        long readAt = FileStamp.Now();
        foreach (Diagnostic warning in document.Recipe.Warnings) report(warning);
        MergePlan plan = MergePlanner.Plan(document.Recipe, Context(recipe, results));
        foreach (Diagnostic warning in plan.Warnings) report(warning);
        MergeExecutor.CheckBudget(plan, options.Merge);
        new Pins(request, hashes).Check(plan);
        digests.Add(plan.InputTensors, stop);
        return new PlannedModel(
            document.ModelName,
            document.Recipe.Position,
            new KeyText(plan.KeyLines(digests.Of, Files(plan))),
            [TrackedPath.See(recipe.Path, readAt), .. tools, .. Inputs(plan, readAt)],
            new ModelWriter(document.ModelName, plan, options.Merge, digests).Write);
    }

    /// <inheritdoc cref="MergePlanner.Missing"/>
    public Diagnostic? Missing(RequestedRecipe recipe, Placed<ModelReference> model) => MergePlanner.Missing(model, Context(recipe, new Dictionary<string, string>()));

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
            .. plan.InputFiles.Where(file => !weights.Contains(file) && !side.Contains(file)),
            .. plan.Models.Select(model => model.Directory),
            .. plan.Adapters.Select(adapter => adapter.Directory),
            .. plan.Donor is { } donor ? Directory.GetDirectories(donor.Directory) : [],
            .. plan.Recipe.Models.SelectMany(model => model.Value.Adapters.Select(adapter => adapter.Path).Prepend(model.Value.Path)).SelectMany(path => Candidates(plan.Recipe, path)),
        ];
        foreach (string path in looked.Distinct(StringComparer.Ordinal)) yield return TrackedPath.See(path, readAt);
    }

    /// <summary>A relative path is looked for at the project and then at the recipe: a folder that appears at the first place changes the plan.</summary>
    string[] Candidates(Recipe recipe, string path) =>
        [Path.GetFullPath(path, Path.GetDirectoryName(request.Project)!), Path.GetFullPath(path, Path.GetDirectoryName(recipe.Position.File)!)];
}
