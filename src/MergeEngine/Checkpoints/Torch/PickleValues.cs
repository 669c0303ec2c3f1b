namespace MergeEngine.Checkpoints.Torch;

/// <summary>Values that stand for nothing that is needed: numbers of side data, objects of refused classes.</summary>
static class PickleValues
{
    public static readonly object Opaque = new();

    public static readonly object True = true;

    public static readonly object False = false;

    public static readonly object?[] EmptyTuple = [];

    static readonly object[] Small = [.. Enumerable.Range(0, 256).Select(number => (object)(long)number)];

    /// <summary>True if <see cref="Of"/> makes no new object.</summary>
    public static bool IsSmall(long number) => number is >= 0 and < 256;

    public static object Of(long number) => IsSmall(number) ? Small[number] : number;
}
