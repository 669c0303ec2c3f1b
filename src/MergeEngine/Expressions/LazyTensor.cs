using System.Collections.Immutable;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions.Operations;
using MergeEngine.Expressions.Reductions;

namespace MergeEngine.Expressions;

/// <summary>A tensor that is described, not computed: an operation and its operands. Elements are float32.</summary>
/// <remarks>Arithmetic builds a larger description and reads nothing. Every operation rounds once per element.</remarks>
public sealed class LazyTensor
{
    internal LazyTensor(TensorScope scope, Operation operation, params ImmutableArray<LazyTensor> operands)
    {
        (Scope, Operation, Operands) = (scope, operation, operands);
        if (operands.Any(operand => operand.Scope != scope)) throw new ArgumentException("Tensors of different merges cannot be combined.");
    }

    internal TensorScope Scope { get; }

    internal Operation Operation { get; }

    internal ImmutableArray<LazyTensor> Operands { get; }

    public TensorShape Shape => Scope.Shape;

    public static LazyTensor operator +(LazyTensor left, LazyTensor right) => new(left.Scope, new Add(), left, right);

    public static LazyTensor operator -(LazyTensor left, LazyTensor right) => new(left.Scope, new Subtract(), left, right);

    public static LazyTensor operator *(LazyTensor left, LazyTensor right) => new(left.Scope, new Multiply(), left, right);

    public static LazyTensor operator /(LazyTensor left, LazyTensor right) => new(left.Scope, new Divide(), left, right);

    public static LazyTensor operator *(LazyTensor tensor, LazyNumber factor) => factor.IsOne ? tensor : new(tensor.Scope, new Scale(factor), tensor);

    public static LazyTensor operator *(LazyNumber factor, LazyTensor tensor) => tensor * factor;

    public static LazyTensor operator /(LazyTensor tensor, LazyNumber divisor) => divisor.IsOne ? tensor : new(tensor.Scope, new DivideBy(divisor), tensor);

    public static LazyTensor operator +(LazyTensor tensor, double addend) => new(tensor.Scope, new AddScalar((float)addend), tensor);

    public LazyTensor Absolute() => new(Scope, new Absolute(), this);

    /// <summary>Σ weightₜ · xₜ: products rounded, then added in order.</summary>
    public static LazyTensor WeightedSum(IReadOnlyList<LazyTensor> tensors, IEnumerable<double> weights) =>
        new(tensors[0].Scope, new WeightedSum([.. weights.Select(weight => (float)weight)]), [.. tensors]);

    /// <summary>Σ xₜ, added in order.</summary>
    public static LazyTensor Sum(IReadOnlyList<LazyTensor> tensors) => WeightedSum(tensors, tensors.Select(_ => 1.0));

    /// <summary>1 where Σ xₜ ≥ 0, else −1: the elected sign. An exact zero sum counts as positive.</summary>
    /// <remarks>Source: arXiv:2306.01708, step 2.</remarks>
    public static LazyTensor SignOfSum(IReadOnlyList<LazyTensor> tensors) => new(tensors[0].Scope, new SignOfSum(), [.. tensors]);

    /// <summary>Sum of the elements that are not zero and have the elected sign.</summary>
    public static LazyTensor DisjointSum(IReadOnlyList<LazyTensor> tensors, LazyTensor sign) =>
        new(sign.Scope, new DisjointSum(), [.. tensors, sign]);

    /// <summary><see cref="DisjointSum"/> divided by the sum of the weights of the tensors that took part; where none did, 0.</summary>
    /// <remarks>The tensors are weighted already. Source: arXiv:2306.01708, step 3.</remarks>
    public static LazyTensor DisjointMean(IReadOnlyList<LazyTensor> tensors, LazyTensor sign, IEnumerable<double> weights) =>
        new(sign.Scope, new DisjointMean([.. weights.Select(weight => (float)weight)]), [.. tensors, sign]);

    /// <summary>Keeps the <paramref name="density"/> largest elements by magnitude and sets the rest to zero.</summary>
    /// <param name="density">Share kept, 0–1; keeps trunc(density · count) elements, computed as a double. 1 and more keep all.</param>
    /// <returns>Same shape; kept values are unchanged. Equal magnitudes: the lower index is kept.</returns>
    public LazyTensor KeepLargest(double density)
    {
        if (density >= 1) return this;
        long kept = (long)(density * Shape.Count);
        if (kept <= 0) return Scope.Constant(0);
        return new(Scope, new KeepLargest(Scope.Add(new KthMagnitude(this, kept))), this);
    }

    /// <summary>Keeps the elements whose random number is below the density and sets the rest to zero; 1 and more keep all.</summary>
    /// <param name="density">Probability of keeping, 0–1.</param>
    /// <param name="uniform">A number in [0, 1) per element.</param>
    public LazyTensor KeepRandom(double density, LazyTensor uniform) =>
        density >= 1 ? this : new(Scope, new KeepBelow((float)density), this, uniform);

    /// <summary>Scales the tensor so that Σ |x| is that of the original; no scaling where either sum is below 1e-7.</summary>
    public LazyTensor RescaledToL1NormOf(LazyTensor original) => this * LazyNumber.Combine(
        Reduce.SumOfMagnitudes(original), Reduce.SumOfMagnitudes(this), (before, after) => before < 1e-7 || after < 1e-7 ? 1 : before / after);

    /// <summary>Multiplies each row (along the last axis) by its own number.</summary>
    public LazyTensor ScaleRows(RowNumbers factors) => new(Scope, new ScaleRows(factors), this);
}
