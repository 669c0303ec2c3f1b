namespace MergeEngine.Checkpoints;

/// <summary>How far the neighbours of a stored tensor are from each other, for tensors whose rows do not simply follow each other.</summary>
public sealed class TensorStrides
{
    readonly long[] strides;

    TensorStrides(long[] strides) => this.strides = strides;

    /// <summary>Elements between neighbours along a dimension; never negative.</summary>
    public long this[int dimension] => strides[dimension];

    /// <returns>Null if the elements lie in the order of the shape without gaps.</returns>
    internal static TensorStrides? Of(TensorShape shape, long[] strides)
    {
        long plain = 1;
        bool isPlain = true;
        for (int i = shape.Rank - 1; i >= 0; plain *= shape[i], i--) isPlain &= shape[i] == 1 || strides[i] == plain;
        return isPlain || shape.Count == 0 ? null : new([.. strides]);
    }
}
