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

    public static LazyTensor operator /(double number, LazyTensor tensor) => tensor.Scope.Constant(number) / tensor;

    /// <summary>Brings each element between two numbers.</summary>
    public LazyTensor Clamp(double lowest, double highest) => new(Scope, new Clamp((float)lowest, (float)highest), this);

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
    /// <param name="tensors">Task vectors times their weights.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="weights">One for each.</param>
    /// <param name="smallest">What takes the place of a smaller sum of weights.</param>
    public static LazyTensor DisjointMean(IReadOnlyList<LazyTensor> tensors, LazyTensor sign, IEnumerable<double> weights, double smallest = double.NegativeInfinity) =>
        new(sign.Scope, new DisjointMean([.. weights.Select(weight => (float)weight)], (float)smallest), [.. tensors, sign]);

    /// <summary>Mean of the squared distances from the tensors' mean, in float64, rounded once.</summary>
    public static LazyTensor Variance(IReadOnlyList<LazyTensor> tensors) => new(tensors[0].Scope, new Variance(), [.. tensors]);

    /// <summary>Where one tensor's magnitude exceeds the smallest, that element times the tensor's factor; where several do, their mean; elsewhere 0.</summary>
    public static LazyTensor OverlapSum(IReadOnlyList<LazyTensor> tensors, double smallest, IEnumerable<LazyNumber> factors) =>
        new(tensors[0].Scope, new OverlapSum((float)smallest, [.. factors]), [.. tensors]);

    /// <summary>Keeps the <paramref name="density"/> largest elements by magnitude and sets the rest to zero.</summary>
    /// <param name="density">Share kept, 0–1; keeps trunc(density · count) elements, computed as a double. 1 and more keep all.</param>
    /// <returns>Same shape; kept values are unchanged. Equal magnitudes: the lower index is kept.</returns>
    public LazyTensor KeepLargest(double density)
    {
        if (density >= 1) return this;
        return KeepRanks(0, (long)(density * Shape.Count));
    }

    /// <summary>Keeps the elements of a range of ranks, 0 for the largest magnitude, and sets the rest to zero.</summary>
    /// <param name="first">First rank that is kept.</param>
    /// <param name="end">First rank after it that is not.</param>
    /// <returns>Same shape; kept values are unchanged. Equal magnitudes: the lower index counts as the larger.</returns>
    public LazyTensor KeepRanks(long first, long end)
    {
        if (end <= Math.Max(0, first)) return Scope.Constant(0);
        var kept = end >= Shape.Count ? this : new LazyTensor(Scope, new KeepLargest(Scope.Add(new KthMagnitude(this, end))), this);
        return first <= 0 ? kept : new(Scope, new DropLargest(Scope.Add(new KthMagnitude(this, first))), kept);
    }

    /// <summary>Keeps the elements whose random number is below the density and sets the rest to zero; 1 and more keep all.</summary>
    /// <param name="density">Probability of keeping, 0–1.</param>
    /// <param name="uniform">A number in [0, 1) per element.</param>
    public LazyTensor KeepRandom(double density, LazyTensor uniform) =>
        density >= 1 ? this : new(Scope, new KeepBelow((float)density), this, uniform);

    /// <summary>Keeps the elements whose random number is below a probability of their own.</summary>
    public LazyTensor KeepRandom(LazyTensor probability, LazyTensor uniform) => new(Scope, new KeepBelowEach(), this, uniform, probability);

    /// <summary>Keeps the elements where the test is at least the limit and sets the rest to zero.</summary>
    public LazyTensor KeepFrom(LazyTensor test, LazyNumber limit) => new(Scope, new KeepFrom(limit), this, test);

    /// <summary>Keeps the elements where the test is not zero and sets the rest to zero.</summary>
    public LazyTensor KeepWhere(LazyTensor test) => new(Scope, new KeepWhere(), this, test);

    /// <summary>Ranks of magnitudes along the second axis (of a tensor of one dimension or none: of all), from 0 for the smallest to 1 for the largest.</summary>
    /// <remarks>Equal magnitudes: the lower index counts as the larger. An element that is alone has 1/2.</remarks>
    public LazyTensor RanksAlongSecondAxis()
    {
        long length = Shape.Rank < 2 ? Shape.Count : Shape[1], stride = 1;
        for (int axis = 2; axis < Shape.Rank; axis++) stride *= Shape[axis];
        return new(Scope, new VectorRanks(this, length, stride));
    }

    /// <summary>Scales the tensor so that Σ |x| is that of the original; no scaling where either sum is below 1e-7.</summary>
    public LazyTensor RescaledToL1NormOf(LazyTensor original) => this * LazyNumber.Combine(
        Reduce.SumOfMagnitudes(original), Reduce.SumOfMagnitudes(this), (before, after) => before < 1e-7 || after < 1e-7 ? 1 : before / after);

    /// <summary>Multiplies each row or column by its own number.</summary>
    public LazyTensor ScaleVectors(VectorNumbers factors) => new(Scope, factors.AreColumns ? new ScaleColumns(factors) : new ScaleRows(factors), this);
}
