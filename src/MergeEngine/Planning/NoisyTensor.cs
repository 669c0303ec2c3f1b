using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Kernels;

namespace MergeEngine.Planning;

/// <summary>A tensor plus normal noise: each element its own draw, times the deviation.</summary>
sealed record NoisyTensor(PlannedTensor Source, double Deviation, PhiloxStream Stream) : PlannedTensor
{
    public override string Name => Source.Name;

    public override TensorShape Shape => Source.Shape;

    public override Dtype Dtype => Source.Dtype;

    public override IEnumerable<TensorInfo> Stored => Source.Stored;

    public override long HeldBytes => Source.HeldBytes;

    internal override MergedTensor? Result => Source.Result;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
        [.. Source.KeyLines(digest), string.Create(CultureInfo.InvariantCulture, $"plus {Deviation:R} times {DrawnTensor.KeyOf(Distribution.Normal, Stream)}")];

    /// <summary>The noise of what is left.</summary>
    public override PlannedTensor Crop(TensorShape view) => this with { Source = Source.Crop(view) };

    internal override LazyTensor Express(SourceScope scope) => Source.Express(scope) + DrawnTensor.Draw(scope.Tensors, Distribution.Normal, Stream) * Deviation;
}
