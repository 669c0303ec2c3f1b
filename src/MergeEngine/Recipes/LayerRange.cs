namespace MergeEngine.Recipes;

/// <summary>Layers of a model: numbers from 0, the end not included. Holds at least one layer.</summary>
public readonly record struct LayerRange(int Start, int End)
{
    public int Count => End - Start;
}
