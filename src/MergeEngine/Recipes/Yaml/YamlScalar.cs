namespace MergeEngine.Recipes.Yaml;

/// <summary>A piece of text, with what YAML 1.1 reads in it.</summary>
/// <param name="position">First character, the quote included.</param>
/// <param name="text">The text without quotes and escapes.</param>
/// <param name="isPlain">Neither quoted nor a block, so that it may stand for a number, boolean or null.</param>
public sealed class YamlScalar(SourcePosition position, string text, bool isPlain = true) : YamlNode(position)
{
    const int LongestQuotation = 60;

    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public ScalarKind Kind { get; } = isPlain ? ScalarResolver.KindOf(text) : ScalarKind.Text;

    public override bool IsNull => Kind == ScalarKind.Null;

    public override string Description => Kind switch
    {
        ScalarKind.Null => "nothing (null)",
        ScalarKind.Boolean => $"the boolean {Text}",
        ScalarKind.Integer or ScalarKind.Float => $"the number {Text}",
        _ => $"the text '{Quotation}'",
    };

    /// <summary>The number that mergekit makes of it: booleans are 1 and 0, text may hold a number such as 1e-5.</summary>
    public double? Number => ScalarResolver.NumberOf(Kind, Text);

    public bool? Boolean => Kind == ScalarKind.Boolean ? Number == 1 : null;

    string Quotation => (Text.Length > LongestQuotation ? Text[..LongestQuotation] + "..." : Text).ReplaceLineEndings(" ");
}
