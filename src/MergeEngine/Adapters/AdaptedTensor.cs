using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>A tensor of a model as an adapter leaves it: computed where it is used, stored nowhere.</summary>
/// <param name="Tensor">The whole tensor before.</param>
/// <param name="Edit">What the adapter does to it.</param>
/// <param name="View">The part that is used: the shape that the edit gives, or smaller extents of the same rank.</param>
sealed record AdaptedTensor(PlannedTensor Tensor, AdapterEdit Edit, TensorShape View) : PlannedTensor
{
    public AdaptedTensor(PlannedTensor tensor, AdapterEdit edit) : this(tensor, edit, edit.ShapeOf(tensor.Shape)) { }

    public override string Name => Tensor.Name;

    public override TensorShape Shape => View;

    /// <summary>The model's, whatever the adapter's.</summary>
    public override Dtype Dtype => Tensor.Dtype;

    public override IEnumerable<TensorInfo> Stored => Edit.KeepsTensor ? Tensor.Stored.Concat(Edit.Stored) : Edit.Stored;

    public override long HeldBytes => (Edit.KeepsTensor ? Tensor.HeldBytes : 0) + Edit.HeldBytes(Tensor.Shape);

    internal override MergedTensor? Result => Edit.KeepsTensor ? Tensor.Result : null;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest)
    {
        if (Edit.KeepsTensor)
            foreach (string line in Tensor.KeyLines(digest)) yield return line;
        foreach (string line in Edit.KeyLines(digest)) yield return $"adapter {line}";
        if (!View.Equals(Edit.ShapeOf(Tensor.Shape))) yield return $"view {View}";
    }

    public override PlannedTensor Crop(TensorShape view) => this with { View = view };

    internal override bool HasRows => View.Equals(Edit.ShapeOf(Tensor.Shape)) && Edit.HasRows && (!Edit.KeepsTensor || Tensor.HasRows);

    internal override TableReader ReaderIn(SourceScope scope) =>
        View.Equals(Edit.ShapeOf(Tensor.Shape)) ? Edit.ReaderIn(Tensor, scope) : throw new NotSupportedException($"Rows of a part of '{Name}' are not taken.");

    internal override LazyTensor Express(SourceScope scope) => Edit.Express(Tensor, View, scope);
}
