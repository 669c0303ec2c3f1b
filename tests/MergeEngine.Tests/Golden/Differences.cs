using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Golden;

/// <summary>Every row of the table of differences is seen in the golden cases that it names.</summary>
public sealed class Differences : IDisposable
{
    readonly string output = Directory.CreateTempSubdirectory("differences-").FullName;

    public static TheoryData<string> Rows => [.. Difference.All.SelectMany(difference => difference.Evidence).Select(evidence => evidence.ToString()).Distinct()];

    public void Dispose() => Directory.Delete(output, recursive: true);

    [Theory, MemberData(nameof(Rows))]
    public void AreSeen(string row)
    {
        Evidence evidence = Evidence.Parse(row);
        if (evidence.IsTest) Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(TestData.Repository, "tests"), $"{evidence.Kind}.cs", SearchOption.AllDirectories));
        else Check(evidence)();
    }

    [Fact]
    public void AreShownAllByACaseOrATest() => Assert.DoesNotContain(Difference.All, difference => difference.Evidence.Count == 0);

    Action Check(Evidence evidence) => evidence.Kind switch
    {
        "refused" => () => Assert.Contains(Errors(evidence), finding => finding.Code == evidence.Arguments[0]),
        "merged" => () => Merged(evidence),
        "warned" => () => Warned(evidence),
        "donor" => () => Donor(evidence),
        _ => () => Written(evidence),
    };

    static IEnumerable<Diagnostic> Errors(Evidence evidence) => Findings.Of(evidence.Case).Where(finding => finding.Severity == Severity.Error);

    void Merged(Evidence evidence)
    {
        Assert.False(new GoldenCase(evidence.Case).WasMerged, "mergekit merges it, too");
        MergeExecutor.Run(GoldenCase.Plan(evidence.Case), output, new MergeOptions(), null, CancellationToken.None);
        Assert.NotEmpty(TensorFile.ReadCheckpoint(output));
        Assert.Equal(evidence.Arguments, Findings.Of(evidence.Case).Select(finding => finding.Code));
    }

    /// <summary>That the tensors are the same is shown by <see cref="MergekitMerges"/>.</summary>
    static void Warned(Evidence evidence)
    {
        IReadOnlyList<Diagnostic> found = Findings.Of(evidence.Case);
        Assert.NotEmpty(found);
        Assert.All(found, finding => Assert.Equal((evidence.Arguments[0], Severity.Warning), (finding.Code, finding.Severity)));
        Assert.Distinct(found.Select(finding => finding.Text));
    }

    static void Donor(Evidence evidence)
    {
        Assert.Equal(Path.GetFileName(evidence.Arguments[0]), Path.GetFileName(GoldenCase.Plan(evidence.Case).Donor!.Directory));
        Assert.NotEqual(evidence.Arguments[0], new GoldenCase(evidence.Case).SetOrder.First());
    }

    void Written(Evidence evidence)
    {
        var golden = new GoldenCase(evidence.Case);
        MergePlan plan = golden.Merge(output, new MergeOptions { Threads = 2 }, ownDraws: true).Plan;
        var (ours, theirs) = (TensorFile.ReadCheckpoint(output), golden.Read("expected.safetensors"));
        Assert.True(evidence.Kind switch
        {
            "adds" => evidence.Arguments.All(tensor => ours.ContainsKey(tensor) && !theirs.ContainsKey(tensor)),
            "renamed" => theirs.Keys.Except(ours.Keys).Any() && ours.Values.Sum(tensor => tensor.Info.Shape.Count) == theirs.Values.Sum(tensor => tensor.Info.Shape.Count),
            "copied" => Differs(ours, theirs, evidence.Arguments[0]) && Same(ours, Model(evidence.Arguments[1]), evidence.Arguments[0]),
            "written" => ours.All(tensor => $"{tensor.Value.Info.Dtype}" == evidence.Arguments[0]) && theirs.All(tensor => $"{tensor.Value.Info.Dtype}" != evidence.Arguments[0]),
            "shaped" => evidence.Arguments.All(tensor => !ours[tensor].Info.Shape.Equals(theirs[tensor].Info.Shape)),
            "numbers" => evidence.Arguments is ["*"] ? theirs.Keys.Any(tensor => Differs(ours, theirs, tensor)) : evidence.Arguments.All(tensor => Differs(ours, theirs, tensor)),
            "config" => Config(plan.Texts[0].Text, evidence) != Config(File.ReadAllText(golden.PathOf("expected-config.json")), evidence),
            _ => throw new FormatException($"No check of '{evidence}'."),
        }, evidence.ToString());
    }

    static Dictionary<string, (TensorInfo Info, byte[] Bytes)> Model(string name) => TensorFile.ReadCheckpoint(Path.Combine(TestData.Folder, "models", name));

    static string? Config(string json, Evidence evidence) => JsonNode.Parse(json)![evidence.Arguments[0]]?.ToJsonString();

    static bool Differs(Dictionary<string, (TensorInfo Info, byte[] Bytes)> ours, Dictionary<string, (TensorInfo Info, byte[] Bytes)> theirs, string tensor) => !Same(ours, theirs, tensor);

    static bool Same(Dictionary<string, (TensorInfo Info, byte[] Bytes)> ours, Dictionary<string, (TensorInfo Info, byte[] Bytes)> theirs, string tensor) =>
        ours[tensor].Bytes.AsSpan().SequenceEqual(theirs[tensor].Bytes);
}
