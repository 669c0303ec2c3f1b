namespace MergeEngine.Tests.Golden;

/// <summary>Merges that mergekit 0.1.4 makes and this version does not yet: each with the code that says why.</summary>
public sealed class RefusedMerges
{
    const string Tokenizer = "MRG0123", Adapter = "MRG0122";

    internal static IReadOnlyDictionary<string, string> Cases { get; } = new Dictionary<string, string>
    {
        ["linear-chat-template-auto"] = Tokenizer,
        ["linear-chat-template-chatml"] = Tokenizer,
        ["linear-chat-template-literal"] = Tokenizer,
        ["linear-tokenizer-base"] = Tokenizer,
        ["linear-tokenizer-base-padded"] = Tokenizer,
        ["linear-tokenizer-padded-rows"] = Tokenizer,
        ["linear-tokenizer-padding"] = Tokenizer,
        ["linear-tokenizer-tokens"] = Tokenizer,
        ["linear-tokenizer-too-long-base"] = Tokenizer,
        ["linear-tokenizer-union"] = Tokenizer,
        ["linear-tokenizer-union-three"] = Tokenizer,
        ["passthrough-lora"] = Adapter,
        ["slerp-tokenizer-base"] = Tokenizer,
        ["task_arithmetic-lora"] = Adapter,
        ["task_arithmetic-tokenizer-model"] = Tokenizer,
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
