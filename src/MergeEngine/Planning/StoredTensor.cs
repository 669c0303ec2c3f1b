using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Kernels;

namespace MergeEngine.Planning;

/// <summary>A tensor as a checkpoint holds it, or its leading rows and columns.</summary>
/// <param name="Model">Whose it is, for messages.</param>
/// <param name="Info">Where its bytes are.</param>
/// <param name="View">The part that is used: the tensor's shape, or smaller extents of the same rank.</param>
public sealed record StoredTensor(string Model, TensorInfo Info, TensorShape View) : PlannedTensor
{
    /// <summary>Bytes that are read at a time.</summary>
    const int PieceLength = 1 << 13;

    public override string Name => Info.Name;

    public override TensorShape Shape => View;

    public override Dtype Dtype => Info.Dtype;

    public override IEnumerable<TensorInfo> Stored => [Info];

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest)
    {
        yield return $"{Info.Dtype} {Info.Shape} {digest(Info)}";
        if (!View.Equals(Info.Shape)) yield return $"view {View}";
    }

    public override PlannedTensor Crop(TensorShape view) => this with { View = view };

    internal override bool HasRows => true;

    internal override void Read(TensorInput read, long first, Span<float> destination)
    {
        var source = new Source(this, AllowNonFinite: true);
        int size = Info.Dtype.Size();
        Span<byte> piece = stackalloc byte[PieceLength];
        while (!destination.IsEmpty)
        {
            int count = Math.Min(PieceLength / size, destination.Length);
            source.Fetch(read, first, piece[..(count * size)]);
            KernelSet.All[^1].Decode(Info.Dtype, piece[..(count * size)], destination[..count]);
            destination = destination[count..];
            first += count;
        }
    }

    public bool Equals(StoredTensor? other) => other is not null && Info.Equals(other.Info) && View.Equals(other.View);

    public override int GetHashCode() => Info.GetHashCode();

    internal override LazyTensor Express(SourceScope scope) => new(scope.Tensors, new Source(this, scope.AllowNonFinite));
}
