namespace MergeEngine.Tests.Golden;

/// <summary>Merges that mergekit 0.1.4 makes and this version does not yet: each with the code that says why.</summary>
public sealed class RefusedMerges
{
    const string Adapter = "MRG0122";

    internal static IReadOnlyDictionary<string, string> Cases { get; } = new Dictionary<string, string>
    {
        ["passthrough-lora"] = Adapter,
        ["task_arithmetic-lora"] = Adapter,
    };

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var (name, code) in Cases) rows.Add(name, code);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rows))]
    public void SayWhy(string name, string code)
    {
        var exception = Assert.Throws<MergeException>(() => GoldenCase.Plan(name));
        Assert.Contains(exception.Diagnostics, diagnostic => diagnostic.Code == code);
    }
}
