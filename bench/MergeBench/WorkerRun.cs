using System.Text.Json;

namespace MergeBench;

/// <summary>Runs the merge worker on one recipe, as a build does: a request file in, lines of events out.</summary>
sealed class WorkerRun
{
    readonly string folder;
    readonly string request;

    public WorkerRun(string folder, string name, string recipe)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        string recipeFile = Path.Combine(folder, $"{name}.yml");
        File.WriteAllText(recipeFile, recipe);
        request = Path.Combine(folder, "request.json");
        File.WriteAllText(request, JsonSerializer.Serialize(new
        {
            project = Path.Combine(folder, "Bench.mergeproj"),
            outputDirectory = Path.Combine(folder, "bin"),
            stateDirectory = Path.Combine(folder, "obj"),
            cacheDirectory = Path.Combine(folder, "cache"),
            recipes = new[] { new { path = recipeFile, name, metadata = new Dictionary<string, string>(), settings = "" } },
            otherRecipes = Array.Empty<string>(),
            models = Array.Empty<string>(),
            taken = Array.Empty<string>(),
            force = false,
            explain = false,
            options = new { threads = "", memoryBudget = "", tileSize = "", kernels = "" },
        }));
    }

    /// <summary>Removes what was merged, so that the next run merges again.</summary>
    /// <param name="digests">Also the digests of the inputs.</param>
    public void Forget(bool digests)
    {
        foreach (string name in digests ? new[] { "bin", "obj", "cache" } : ["bin", "obj"])
        {
            string directory = Path.Combine(folder, name);
            if (Directory.Exists(directory)) Directory.Delete(directory, recursive: true);
        }
    }

    /// <exception cref="InvalidOperationException">The worker failed, or had nothing to merge.</exception>
    public Usage Run()
    {
        string worker = Path.Combine(AppContext.BaseDirectory, "MergeWorker.dll");
        var usage = MeasuredProcess.Run(folder, Environment.ProcessPath!, "exec", worker, request);
        return usage.Output.Contains("\"t\":\"result\"", StringComparison.Ordinal) ? usage : throw new InvalidOperationException(usage.Output);
    }
}
