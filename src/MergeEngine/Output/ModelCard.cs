using System.Text;
using System.Text.RegularExpressions;

namespace MergeEngine.Output;

/// <summary>Writes README.md: what a model hub reads (front matter), how the model was made, and the recipe. Asks nobody.</summary>
static partial class ModelCard
{
    public const string FileName = "README.md";

    public static string Text(OutputDescription merge)
    {
        var text = new StringBuilder();
        text.Append(FrontMatter(merge.HubModels));
        text.Append($"# {Line(merge.Name)}\n\n");
        text.Append("These weights were merged from trained models by MergeSdk, from a recipe in the language of [mergekit](https://github.com/arcee-ai/mergekit).\n\n");
        text.Append("## Merge Details\n\n### Merge Method\n\n");
        text.Append($"Merged with the {Method(merge)} method{(merge.Base is { } based ? $" using {Line(based)} as a base" : "")}.\n\n");
        text.Append("### Models Merged\n\n");
        foreach (string model in merge.Models.Where(model => model != merge.Base).Distinct()) text.Append($"* {Line(model)}\n");
        string fence = Fence(merge.RecipeText);
        text.Append($"\n### Configuration\n\n{fence}yaml\n{merge.RecipeText.ReplaceLineEndings("\n").TrimEnd('\n')}\n{fence}\n");
        return text.ToString();
    }

    static string FrontMatter(IReadOnlyList<string> hubModels)
    {
        string models = hubModels.Count == 0 ? " []\n" : "\n" + string.Concat(hubModels.Distinct().Select(model => $"- {model}\n"));
        return $"---\nbase_model:{models}library_name: transformers\ntags:\n- mergekit\n- merge\n---\n\n";
    }

    /// <summary>The name, with a link if the source is a paper on arXiv.</summary>
    static string Method(OutputDescription merge) => Paper.Match(merge.Method.Source) is { Success: true } paper
        ? $"[{merge.Method.Title}](https://arxiv.org/abs/{paper.Groups[1].Value})"
        : merge.Method.Title;

    [GeneratedRegex(@"\barXiv:([0-9]{4}\.[0-9]{4,5})\b")]
    private static partial Regex Paper { get; }

    static string Line(string text) => InputModel.Shown(text).ReplaceLineEndings(" ");

    /// <summary>Longer than every run of backticks in the text, so that the text cannot end the block.</summary>
    static string Fence(string text)
    {
        string fence = "```";
        while (text.Contains(fence, StringComparison.Ordinal)) fence += "`";
        return fence;
    }
}
