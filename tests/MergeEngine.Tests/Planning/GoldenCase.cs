using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Planning;

/// <summary>What mergekit 0.1.4 wrote, by expected.json of its golden cases, against our plans.</summary>
public class GoldenCase
{
    /// <summary>Cases whose output has more or other tensors than mergekit's, on purpose: it drops tensors, or writes experts in another layout than it read.</summary>
    static readonly Dictionary<string, string[]> More = new()
    {
        ["passthrough-extra-tensors"] = ["model.layers.0.self_attn.q_proj.bias float32 [32]"],
        ["linear-bert-mlm-pooler"] =
        [
            "cls.predictions.transform.LayerNorm.bias float32 [32]", "cls.predictions.transform.LayerNorm.weight float32 [32]",
            "cls.predictions.transform.dense.bias float32 [32]", "cls.predictions.transform.dense.weight float32 [32, 32]",
        ],
    };

    public static TheoryData<string> Merged =>
    [
        .. Directory.GetDirectories(Path.Combine(TestData.Folder, "mergekit")).Where(folder => File.Exists(Path.Combine(folder, "expected.json")))
            .Select(folder => Path.GetFileName(folder)!).Where(IsReadable).Except(Difference.CasesOf("refused")).Except(Difference.CasesOf("renamed")).Except(Difference.CasesOf("written")).Except(Difference.CasesOf("shaped")).Order(StringComparer.Ordinal)
    ];

    [Fact]
    public void OfTheEightMethodsIsMostlyPlanned() => Assert.InRange(Merged.Count, 85, 204);

    [Theory]
    [MemberData(nameof(Merged))]
    public void HasTheTensorsOfMergekit(string name) => Assert.Equal(
        Expected(name).Concat(More.GetValueOrDefault(name, [])).Order(StringComparer.Ordinal),
        Plans.OfCase(name).Steps.Select(step => Line(step.Name, step.Dtype, step.Shape)).Order(StringComparer.Ordinal));

    [Fact]
    public void OfMixtralKeepsTheLayoutOfItsFiles() => Assert.Equal(
        Plans.OfCase("linear-mixtral").Donor!.Checkpoint.Tensors.Keys, Plans.OfCase("linear-mixtral").Steps.Select(step => step.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void OfTwoDocumentsIsPlannedOnceTheFirstIsMerged()
    {
        Recipe[] recipes = [.. RecipeFile.Read(Path.Combine(TestData.Folder, "mergekit", "multi-two-documents", "recipe.yml"), MethodRegistry.All)];
        Assert.Equal(["MRG0150"], Plans.Errors(recipes[1]).Select(finding => finding.Code));
        PlanningContext merged = Plans.Context with { Aliases = new Dictionary<string, string> { ["inner"] = "models/llama-base" } };
        Assert.Equal(Expected("multi-two-documents").Order(StringComparer.Ordinal),
            MergePlanner.Plan(recipes[1], merged).Steps.Select(step => Line(step.Name, step.Dtype, step.Shape)).Order(StringComparer.Ordinal));
    }

    static bool IsReadable(string name)
    {
        try
        {
            return RecipeFile.Read(Path.Combine(TestData.Folder, "mergekit", name, "recipe.yml"), MethodRegistry.All).Count == 1;
        }
        catch (MergeException)
        {
            return false;
        }
    }

    static IEnumerable<string> Expected(string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "mergekit", name, "expected.json")))!["tensors"]!.AsArray()
            .Select(tensor => $"{tensor!["name"]} {tensor["dtype"]} [{string.Join(", ", tensor["shape"]!.AsArray())}]");

    static string Line(string name, Dtype dtype, TensorShape shape) => $"{name} {DtypeNames.NameOf(dtype) ?? dtype switch
    {
        Dtype.I64 => "int64",
        Dtype.BOOL => "bool",
        _ => dtype.ToString(),
    }} {shape}";
}
