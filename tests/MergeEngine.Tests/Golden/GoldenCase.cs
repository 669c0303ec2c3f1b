using System.Text.Json;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Golden;

/// <summary>A recipe and what mergekit 0.1.4 made of it. Paths in recipes start at tests/data.</summary>
sealed class GoldenCase
{
    readonly Lazy<JsonElement> json;

    public GoldenCase(string name)
    {
        Name = name;
        json = new(() => JsonElement.Parse(File.ReadAllBytes(PathOf("expected.json"))));
    }

    public string Name { get; }

    JsonElement Expected => json.Value;

    public string Compare => Expected.TryGetProperty("compare", out var compare) ? compare.GetString()! : "";

    public string Command => Expected.GetProperty("command").GetString()!;

    /// <summary>False where the tool failed.</summary>
    public bool WasMerged => File.Exists(PathOf("expected.safetensors"));

    /// <summary>The tool's set of models in the order that it happened to have.</summary>
    public IEnumerable<string> SetOrder => Expected.GetProperty("set_order").EnumerateArray().Select(model => model.GetString()!);

    public IEnumerable<string> Methods => Expected.GetProperty("methods").EnumerateArray().Select(method => method.GetString()!);

    /// <summary>Mean and standard deviation by tensor.</summary>
    public IEnumerable<(string Name, double Mean, double Deviation)> Statistics => Expected.GetProperty("tensors").EnumerateArray()
        .Select(tensor => (tensor.GetProperty("name").GetString()!, tensor.GetProperty("mean").GetDouble(), tensor.GetProperty("std").GetDouble()));

    public static IEnumerable<string> All() => Directory.EnumerateDirectories(Path.Combine(TestData.Folder, "mergekit"))
        .Select(path => Path.GetFileName(path)!).Where(name => File.Exists(Path.Combine(Path.Combine(TestData.Folder, "mergekit"), name, "expected.safetensors")))
        .Order(StringComparer.Ordinal);

    public string PathOf(string file) => Path.Combine(Path.Combine(TestData.Folder, "mergekit"), Name, file);

    public Dictionary<string, (TensorInfo Info, byte[] Bytes)> Read(string file) => TensorFile.Read(PathOf(file));

    /// <summary>Plans and merges the recipe into the folder.</summary>
    /// <param name="output">An existing folder.</param>
    /// <param name="options">How to run.</param>
    /// <param name="ownDraws">Random numbers are ours, also where those of the tool are recorded.</param>
    /// <param name="parameters">Method-wide parameters that the recipe gets besides its own.</param>
    public (MergePlan Plan, MergeOutcome Outcome) Merge(string output, MergeOptions options, bool ownDraws = false, params (string Name, double Value)[] parameters)
    {
        var context = Context() with { CopyTokenizer = !Command.Contains("--no-copy-tokenizer"), ShardBytes = Command.Contains("--out-shard-size 40k") ? 40_000 : PlanningContext.DefaultShardBytes };
        var plan = MergePlanner.Plan(RecipeFile.Read(PathOf("recipe.yml")).Single(), context);
        plan = plan with { Steps = [.. plan.Steps.Select(step => step with { Parameters = With(step.Parameters, parameters) })] };
        return (plan, MergeExecutor.Run(plan, output, options, ownDraws ? PhiloxDraws.Of(plan.Seed) : Draws(plan), null, CancellationToken.None));
    }

    static Dictionary<string, double> With(IReadOnlyDictionary<string, double> parameters, (string Name, double Value)[] more) =>
        parameters.Where(known => !Array.Exists(more, given => given.Name == known.Key)).Select(known => (known.Key, known.Value)).Concat(more).ToDictionary();

    /// <summary>Plans a recipe that has nothing else in its folder.</summary>
    public static MergePlan Plan(string name) =>
        MergePlanner.Plan(RecipeFile.Read(Path.Combine(TestData.Folder, "mergekit", name, "recipe.yml")).Single(), Context());

    static PlanningContext Context() => new() { ProjectDirectory = TestData.Folder };

    /// <summary>The masks that the original tool drew, as numbers on the right side of any density; without a file, our own numbers.</summary>
    RandomDraws Draws(MergePlan plan)
    {
        if (!File.Exists(PathOf("draws.safetensors"))) return PhiloxDraws.Of(plan.Seed);
        var masks = Read("draws.safetensors");
        return (scope, step, source, _) =>
        {
            var mask = masks[$"{step.Name}/{source.ModelIndex}"].Info;
            var kept = new LazyTensor(scope, new Source(new StoredTensor(source.Model, mask, mask.Shape), AllowNonFinite: false));
            return kept * -1 + 1;
        };
    }
}
