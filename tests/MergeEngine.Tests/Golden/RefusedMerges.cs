namespace MergeEngine.Tests.Golden;

/// <summary>Merges that mergekit 0.1.4 makes and this version refuses: each with the code that says why.</summary>
public sealed class RefusedMerges
{
    const string Tokenizer = "MRG0123", Adapter = "MRG0122";

    internal static IReadOnlyDictionary<string, string> Cases { get; } = new Dictionary<string, string>
    {
        ["linear-zero-sum"] = "MRG0301",
    };

    public static TheoryData<string, string> Rows => new(Cases.Select(pair => (pair.Key, pair.Value)));

    [Theory, MemberData(nameof(Rows))]
    public void SayWhy(string name, string code)
    {
        var exception = Assert.Throws<MergeException>(() => new GoldenCase(name).Plan());
        Assert.Contains(exception.Diagnostics, diagnostic => diagnostic.Code == code);
    }
}
