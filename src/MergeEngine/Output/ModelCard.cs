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
        text.Append(FrontMatter(merge.HubModels, merge.Adapter is null ? "transformers" : "peft", merge.Adapter is null ? "merge" : "lora"));
        text.Append($"# {Line(merge.Name)}\n\n");
        if (merge.Adapter is { } adapter) return text.Append(AdapterText(merge, adapter)).Append(Recipe(merge)).ToString();
        text.Append("These weights were merged from trained models by MergeSdk, from a recipe in the language of [mergekit](https://github.com/arcee-ai/mergekit).\n\n");
        text.Append("## Merge Details\n\n### Merge Method\n\n");
        text.Append($"Merged with the {Method(merge)} method{(merge.Base is { } based ? $" using {Line(based)} as a base" : "")}.\n\n");
        text.Append("### Models Merged\n\n");
        foreach (string model in merge.Models.Where(model => model != merge.Base).Distinct()) text.Append($"* {Line(model)}\n");
        return text.Append(Recipe(merge)).ToString();
    }

    static string AdapterText(OutputDescription merge, AdapterOutline adapter) =>
        $"A low-rank adapter in PEFT's form: what {Line(merge.Models.First(model => model != merge.Base))} learned on top of {Line(merge.Base!)}, taken from the difference of their weights by MergeSdk.\n"
        + (adapter.IsResized ? $"\nThe vocabulary has another size than that of {Line(merge.Base!)}: resize its embeddings before the adapter is loaded.\n" : "");

    static string Recipe(OutputDescription merge)
    {
        string fence = Fence(merge.RecipeText);
        return $"\n### Configuration\n\n{fence}yaml\n{merge.RecipeText.ReplaceLineEndings("\n").TrimEnd('\n')}\n{fence}\n";
    }

    static string FrontMatter(IReadOnlyList<string> hubModels, string library, string tag)
    {
        string models = hubModels.Count == 0 ? " []\n" : "\n" + string.Concat(hubModels.Distinct().Select(model => $"- {model}\n"));
        return $"---\nbase_model:{models}library_name: {library}\ntags:\n- mergekit\n- {tag}\n---\n\n";
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
