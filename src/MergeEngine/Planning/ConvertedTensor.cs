using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;

namespace MergeEngine.Planning;

/// <summary>A tensor rounded to another element type when it is read.</summary>
sealed record ConvertedTensor(PlannedTensor Source, Dtype To) : PlannedTensor
{
    public override string Name => Source.Name;

    public override TensorShape Shape => Source.Shape;

    public override Dtype Dtype => To;

    public override IEnumerable<TensorInfo> Stored => Source.Stored;

    public override int FetchedSize => Source.FetchedSize;

    public override long HeldBytes => Source.HeldBytes;

    internal override MergedTensor? Result => Source.Result;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) => [.. Source.KeyLines(digest), $"as {To}"];

    public override PlannedTensor Crop(TensorShape view) => this with { Source = Source.Crop(view) };

    internal override LazyTensor Express(SourceScope scope) => new(scope.Tensors, new Rounded(To, null), Source.Express(scope));
}
