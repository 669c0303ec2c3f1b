namespace MergeEngine.Expressions;

/// <summary>Room for what a <see cref="VectorLeaf"/> holds beside its result. It grows to what the largest range needs and is then reused.</summary>
/// <param name="grown">Told how many bytes were added.</param>
sealed class VectorScratch(Action<long> grown)
{
    /// <summary>Bytes for an element.</summary>
    public const int Size = sizeof(float) + sizeof(ulong) + sizeof(uint);

    float[] values = [];
    ulong[] keys = [];
    uint[] patterns = [];

    public Memory<float> Values => values;

    public Span<ulong> Keys => keys;

    public Span<uint> Patterns => patterns;

    /// <summary>Makes room; what was held is lost if there was too little.</summary>
    public void Reserve(int elements)
    {
        if (values.Length >= elements) return;
        grown((elements - values.Length) * (long)Size);
        (values, keys, patterns) = (new float[elements], new ulong[elements], new uint[elements]);
    }
}
