using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;

namespace MergeEngine.Planning;

/// <summary>One number everywhere.</summary>
sealed record ConstantTensor(string TensorName, TensorShape Extents, Dtype ElementType, double Value) : PlannedTensor
{
    public override string Name => TensorName;

    public override TensorShape Shape => Extents;

    public override Dtype Dtype => ElementType;

    public override IEnumerable<TensorInfo> Stored => [];

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) => [string.Create(CultureInfo.InvariantCulture, $"constant {Value:R}")];

    public override PlannedTensor Crop(TensorShape view) => this with { Extents = view };

    internal override LazyTensor Express(SourceScope scope) => scope.Tensors.Constant(Value);
}
