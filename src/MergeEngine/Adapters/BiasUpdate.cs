using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>b + scale · c: the bias of the second factor (<c>lora_bias</c>).</summary>
sealed record BiasUpdate(StoredTensor Added, float Scale) : AdapterEdit
{
    public override IEnumerable<TensorInfo> Stored => Added.Stored;

    public override bool HasRows => false;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
        [FormattableString.Invariant($"bias {Scale:R}"), .. Added.KeyLines(digest).Select(line => $"added {line}")];

    public override LazyTensor Express(PlannedTensor tensor, TensorShape view, SourceScope scope) =>
        Part(tensor, view, scope) + Part(Added, view, scope) * Scale;

    /// <exception cref="NotSupportedException">Always: a bias of a vocabulary's size is not updated by rows.</exception>
    public override TableReader ReaderIn(PlannedTensor tensor, SourceScope scope) => throw new NotSupportedException($"'{tensor.Name}' is computed whole.");
}
