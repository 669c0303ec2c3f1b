using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Kernels;

namespace MergeEngine.Planning;

/// <summary>Random numbers times a scale; reads nothing.</summary>
sealed record DrawnTensor(string TensorName, TensorShape Extents, Dtype ElementType, Distribution Distribution, double Factor, PhiloxStream Stream) : PlannedTensor
{
    /// <summary>Raised when the same stream gives other numbers.</summary>
    const int Revision = 1;

    public override string Name => TensorName;

    public override TensorShape Shape => Extents;

    public override Dtype Dtype => ElementType;

    public override IEnumerable<TensorInfo> Stored => [];

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
        [string.Create(CultureInfo.InvariantCulture, $"{Factor:R} times {KeyOf(Distribution, Stream)}")];

    public override PlannedTensor Crop(TensorShape view) => this with { Extents = view };

    public static string KeyOf(Distribution distribution, PhiloxStream stream) => string.Create(
        CultureInfo.InvariantCulture, $"{distribution} {Revision} of seed {stream.Seed} stream {stream.Tensor:x8} {stream.Model:x8} {stream.Purpose:x8}");

    public static LazyTensor Draw(TensorScope scope, Distribution distribution, PhiloxStream stream) => distribution == Distribution.Normal
        ? new LazyTensor(scope, new Normal(stream))
        : new LazyTensor(scope, new Uniform(stream)) * 2 + -1;

    internal override LazyTensor Express(SourceScope scope) => Draw(scope.Tensors, Distribution, Stream) * Factor;
}
