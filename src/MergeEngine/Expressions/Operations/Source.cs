using MergeEngine.Planning;

namespace MergeEngine.Expressions.Operations;

/// <summary>Stored elements decoded to float32; NaN and infinity are errors unless allowed.</summary>
sealed record Source(StepSource Input, bool AllowNonFinite) : Operation
{
    /// <summary>A pass over the whole tensor found every element finite; later passes need not look.</summary>
    public bool IsChecked { get; set; } = AllowNonFinite;

    public override void Run(in TileFrame frame)
    {
        frame.Kernels.Decode(Input.Tensor.Dtype, frame.Stored, frame.Result);
        if (IsChecked || !frame.Kernels.AnyNonFinite(frame.Result)) return;
        int index = 0;
        while (float.IsFinite(frame.Result[index])) index++;
        throw new MergeException(Errors.NonFinite(Input.Tensor, Input.Model, frame.First + index, frame.Result[index]));
    }

    public bool Equals(Source? other) => other is not null && ReferenceEquals(Input, other.Input);

    public override int GetHashCode() => Input.Tensor.GetHashCode();
}
