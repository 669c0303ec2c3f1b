using MergeEngine.Recipes.Yaml;
using MergeEngine.Tokenizers;

namespace MergeEngine.Recipes;

/// <summary>Reads <c>chat_template</c>: <c>auto</c>, a built-in name, or the template itself.</summary>
sealed class ChatTemplateReader(NodeReader reader)
{
    /// <summary>mergekit's test for a template, so that a misspelt name is not one.</summary>
    public const int ShortestTemplate = 20;

    /// <summary>The words that stand for a template.</summary>
    public static readonly string[] Templates = [ChatTemplates.Auto, .. ChatTemplates.Names];

    /// <returns>Null where there is none, or after an error.</returns>
    public Placed<string>? Read(MapReader recipe)
    {
        if (recipe.Find("chat_template") is not { } node || reader.Text(node, "'chat_template'") is not { Value.Length: > 0 } template) return null;
        if (!Templates.Contains(template.Value) && (template.Value.Length < ShortestTemplate || !template.Value.Contains('{')))
            reader.Report(Errors.BadChatTemplate(node.Position, template.Value, Templates));
        return template;
    }
}
