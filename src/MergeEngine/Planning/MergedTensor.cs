using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;

namespace MergeEngine.Planning;

/// <summary>A tensor of another recipe's result, computed inside the merge that uses it: its bits are those that the other recipe would write.</summary>
public sealed record MergedTensor : PlannedTensor
{
    /// <summary>More inputs than that, or merges inside merges deeper than that, are not put into one expression.</summary>
    const int MostInputs = 256, DeepestTree = 32;

    readonly MergePlan plan;
    readonly int depth;

    /// <param name="model">What the merge that uses it calls the result, for messages.</param>
    /// <param name="plan">The other recipe's plan.</param>
    /// <param name="step">The tensor's step in it.</param>
    public MergedTensor(string model, MergePlan plan, MergeStep step)
    {
        (Model, this.plan, Step) = (model, plan, step);
        depth = 1 + step.Sources.Select(source => source.Tensor.Result?.depth ?? 0).DefaultIfEmpty().Max();
    }

    public string Model { get; }

    /// <summary>The recipe that makes it.</summary>
    public SourcePosition Position => plan.Recipe.Position;

    /// <summary>Makes it.</summary>
    public MergeStep Step { get; }

    public override string Name => Step.Name;

    public override TensorShape Shape => Step.Shape;

    public override Dtype Dtype => Step.Dtype;

    public override IEnumerable<TensorInfo> Stored => Step.Sources.SelectMany(source => source.Tensor.Stored);

    public override int FetchedSize => Step.Sources.Sum(source => source.Tensor.FetchedSize);

    public override long HeldBytes => Step.Sources.Sum(source => source.Tensor.HeldBytes);

    internal override MergedTensor? Result => this;

    /// <summary>Texts, programs and registers would grow with every further use: the result has to be written first.</summary>
    internal bool IsTooLarge => depth > DeepestTree || Stored.Count() > MostInputs;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
        ActionKey.OfTensor(plan, Step, digest).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => $"of {line}").Prepend($"result {Dtype} {Shape}");

    /// <exception cref="NotSupportedException">Always: norms and thresholds are those of the whole tensor, so a part of it cannot be computed alone.</exception>
    public override PlannedTensor Crop(TensorShape view) => throw new NotSupportedException($"The result '{Name}' is used whole or written first.");

    public bool Equals(MergedTensor? other) => other is not null && ReferenceEquals(Step, other.Step);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Step);

    internal override LazyTensor Express(SourceScope scope) => scope.Once(this, () =>
    {
        LazyTensor merged = Step.Express(scope.Of(plan));
        // What is copied stays a source, so that a copy of it is one too.
        if (merged.Operation is Source source && source.Input.Dtype == Dtype) return new(scope.Tensors, new Source(source.Input, source.AllowNonFinite && scope.AllowNonFinite));
        return new(scope.Tensors, new Rounded(Dtype, scope.AllowNonFinite ? null : this), merged);
    });
}
