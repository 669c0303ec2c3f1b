namespace MergeEngine.Recipes.Yaml;

/// <summary>A node of a recipe's YAML; never null, every one knows where it stands in the file.</summary>
public abstract class YamlNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>True for <c>~</c>, <c>null</c> and nothing at all: mergekit reads the key as left out.</summary>
    public virtual bool IsNull => false;

    /// <summary>What an error message calls this node, such as "the number 7" or "a list".</summary>
    public abstract string Description { get; }
}
