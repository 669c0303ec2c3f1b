using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;

namespace MergeEngine.Planning;

/// <summary>A tensor times a number.</summary>
sealed record ScaledTensor(PlannedTensor Source, double Factor) : PlannedTensor
{
    public override string Name => Source.Name;

    public override TensorShape Shape => Source.Shape;

    public override Dtype Dtype => Source.Dtype;

    public override IEnumerable<TensorInfo> Stored => Source.Stored;

    public override long HeldBytes => Source.HeldBytes;

    internal override MergedTensor? Result => Source.Result;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
        [.. Source.KeyLines(digest), string.Create(CultureInfo.InvariantCulture, $"times {Factor:R}")];

    public override PlannedTensor Crop(TensorShape view) => this with { Source = Source.Crop(view) };

    internal override LazyTensor Express(SourceScope scope) => Source.Express(scope) * Factor;
}
