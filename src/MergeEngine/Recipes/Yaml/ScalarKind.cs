namespace MergeEngine.Recipes.Yaml;

/// <summary>What a plain scalar stands for in YAML 1.1.</summary>
public enum ScalarKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Float,
}
