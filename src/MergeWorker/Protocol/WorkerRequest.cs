using System.Text.Json;

namespace MergeWorker.Protocol;

/// <summary>What one worker process is asked to do, as a JSON file: it can be kept and run again by hand.</summary>
/// <param name="Project">Full path of the merge project; relative model paths start at its folder.</param>
/// <param name="OutputDirectory">Holds one folder for each model.</param>
/// <param name="StateDirectory">What the last build knew, see <c>RecipeState</c>.</param>
/// <param name="CacheDirectory">Shared by all projects: digests of inputs, results of actions.</param>
/// <param name="Recipes">Recipes that may have to run.</param>
/// <param name="OtherRecipes">The project's recipes that are up to date: those that run may use their results.</param>
/// <param name="Models">Names that recipes may use for models.</param>
/// <param name="Taken">Names of the models of the recipes that are up to date.</param>
/// <param name="Force">Merge what is up to date as well, and compare the results.</param>
/// <param name="Explain">Say for each model that runs what has changed.</param>
/// <param name="Options">Values of the project's properties as they are written there.</param>
sealed record WorkerRequest(
    string Project,
    string OutputDirectory,
    string StateDirectory,
    string CacheDirectory,
    IReadOnlyList<RequestedRecipe> Recipes,
    IReadOnlyList<RequestedRecipe> OtherRecipes,
    IReadOnlyList<NamedModel> Models,
    IReadOnlyList<TakenName> Taken,
    bool Force,
    bool Explain,
    RequestedOptions Options)
{
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, ProtocolJson.Default.WorkerRequest));

    /// <exception cref="JsonException">The file is not a request.</exception>
    public static WorkerRequest Read(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), ProtocolJson.Default.WorkerRequest) ?? throw new JsonException("The request is null.");
}
