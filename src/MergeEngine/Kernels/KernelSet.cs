using MergeEngine.Checkpoints;

namespace MergeEngine.Kernels;

/// <summary>One set of numeric operations over tiles. Sources, arguments, destination; spans of one call have equal length.</summary>
/// <remarks>
/// <para>Every element-wise operation rounds once to float32 and reads element i of its sources before it writes element i, so a destination may be one of them.
/// No operation may fuse a multiplication with an addition. All sets give the same bits.</para>
/// <para>Reductions add in float64: element i of the tensor goes to lane i mod 16. <c>phase</c> is the first element's index mod 16.</para>
/// </remarks>
public abstract class KernelSet
{
    /// <summary>Lanes of a reduction.</summary>
    public const int Lanes = 16;

    /// <summary>Values of the upper 15 bits of a magnitude.</summary>
    public const int UpperBuckets = 1 << 15;

    /// <summary>All sets that this machine can run, the definition first and the fastest last.</summary>
    public static IReadOnlyList<KernelSet> All { get; } = [new ScalarKernels(), new SimdKernels()];

    public abstract string Name { get; }

    /// <param name="name">Name of a set; null: the fastest.</param>
    /// <exception cref="ArgumentException">No set has that name.</exception>
    public static KernelSet Find(string? name) => name is null
        ? All[^1]
        : All.FirstOrDefault(set => set.Name == name)
            ?? throw new ArgumentException($"There is no kernel set '{name}'; there are {string.Join(", ", All.Select(set => set.Name))}.");

    /// <summary>Stored elements to float32; float64 and integers are rounded to nearest even.</summary>
    public abstract void Decode(Dtype dtype, ReadOnlySpan<byte> source, Span<float> destination);

    /// <summary>float32 to stored elements, one rounding to nearest even.</summary>
    public abstract void Encode(Dtype dtype, ReadOnlySpan<float> source, Span<byte> destination);

    /// <summary>True if any element is NaN or infinite.</summary>
    public abstract bool AnyNonFinite(ReadOnlySpan<float> source);

    public abstract void Add(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination);

    public abstract void Subtract(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination);

    public abstract void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination);

    public abstract void Divide(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> destination);

    public abstract void AddScalar(ReadOnlySpan<float> source, float addend, Span<float> destination);

    public abstract void Scale(ReadOnlySpan<float> source, float factor, Span<float> destination);

    public abstract void DivideByScalar(ReadOnlySpan<float> source, float divisor, Span<float> destination);

    /// <summary>The element, or the number of the two that it goes beyond.</summary>
    public abstract void Clamp(ReadOnlySpan<float> source, float lowest, float highest, Span<float> destination);

    public abstract void Absolute(ReadOnlySpan<float> source, Span<float> destination);

    /// <summary>((w₀x₀ + w₁x₁) + w₂x₂) + ..., each product and each sum rounded.</summary>
    public abstract void WeightedSum(in TileOperands sources, ReadOnlySpan<float> weights, Span<float> destination);

    /// <summary>1 where (x₀ + x₁) + ... is at least 0, else −1.</summary>
    public abstract void SignOfSum(in TileOperands sources, Span<float> destination);

    /// <summary>Sum of the elements that are not zero and have the given sign (1 or −1).</summary>
    public abstract void DisjointSum(in TileOperands sources, ReadOnlySpan<float> sign, Span<float> destination);

    /// <summary><see cref="DisjointSum"/> divided by the sum of the weights of the elements that took part, by 1 where that is 0, by the smallest divisor where it is less.</summary>
    public abstract void DisjointMean(in TileOperands sources, ReadOnlySpan<float> sign, ReadOnlySpan<float> weights, float smallestDivisor, Span<float> destination);

    /// <summary>Mean of the squared distances from the mean, in float64, rounded once.</summary>
    public abstract void Variance(in TileOperands sources, Span<float> destination);

    /// <summary>Where one source's magnitude exceeds the smallest, that element times the source's factor; where n do, the sum of those elements, each divided by n.</summary>
    public abstract void OverlapSum(in TileOperands sources, float smallest, ReadOnlySpan<float> factors, Span<float> destination);

    /// <summary>Adds to each source's counts at how many elements its magnitude alone exceeds the smallest, and at how many others' do too.</summary>
    public abstract void CountOverlaps(in TileOperands sources, float smallest, Span<int> alone, Span<int> shared);

    /// <summary>The element where the test value is below the limit, else 0.</summary>
    public abstract void KeepBelow(ReadOnlySpan<float> source, ReadOnlySpan<float> test, float limit, Span<float> destination);

    /// <summary>The element where the test value is below its own limit, else 0.</summary>
    public abstract void KeepBelowEach(ReadOnlySpan<float> source, ReadOnlySpan<float> test, ReadOnlySpan<float> limits, Span<float> destination);

    /// <summary>The element where the test value is at least the limit, else 0.</summary>
    public abstract void KeepFrom(ReadOnlySpan<float> source, ReadOnlySpan<float> test, float limit, Span<float> destination);

    /// <summary>The element where the test value is not 0, else 0.</summary>
    public abstract void KeepWhere(ReadOnlySpan<float> source, ReadOnlySpan<float> test, Span<float> destination);

    /// <summary>Keeps elements whose magnitude's bit pattern exceeds the threshold, and the first ones that equal it.</summary>
    /// <param name="allowed">How many equal ones may still stay.</param>
    /// <returns>How many equal ones were kept.</returns>
    public abstract long KeepLargest(ReadOnlySpan<float> source, uint threshold, long allowed, Span<float> destination);

    /// <summary>The other elements than <see cref="KeepLargest"/> keeps.</summary>
    /// <returns>How many equal ones were dropped.</returns>
    public abstract long DropLargest(ReadOnlySpan<float> source, uint threshold, long allowed, Span<float> destination);

    /// <summary>A part of one row of a product of two matrices: scale · Σₖ row[k] · columns[k · stride + j], added in the order of k, each product and each sum rounded.</summary>
    /// <remarks>A result of zero is −0, which leaves every number that it is added to as it was.</remarks>
    /// <param name="row">The row of the left matrix, as long as the rank.</param>
    /// <param name="columns">The right matrix from the first wanted column on.</param>
    /// <param name="stride">Elements of a row of the right matrix.</param>
    /// <param name="scale">Factor of every sum.</param>
    /// <param name="destination">As many columns as are wanted.</param>
    public abstract void LowRank(ReadOnlySpan<float> row, ReadOnlySpan<float> columns, int stride, float scale, Span<float> destination);

    public abstract void AccumulateSum(ReadOnlySpan<float> source, int phase, Span<double> lanes);

    public abstract void AccumulateMagnitude(ReadOnlySpan<float> source, int phase, Span<double> lanes);

    /// <summary>Adds products, each exact in float64.</summary>
    public abstract void AccumulateDot(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int phase, Span<double> lanes);

    /// <summary>Adds each product, exact in float64, to the sum at its own place.</summary>
    public abstract void AddProducts(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<double> sums);

    /// <summary>Counts the upper 15 bits of each magnitude's pattern, every other element in a second table, so that equal neighbours do not wait for each other.</summary>
    /// <param name="source">Elements.</param>
    /// <param name="counters">Two tables of <see cref="UpperBuckets"/>; the counts are their sum.</param>
    public abstract void CountUpper(ReadOnlySpan<float> source, Span<uint> counters);

    /// <summary>Packs the magnitudes whose bit patterns lie in a range, as offsets from its start.</summary>
    /// <param name="source">Elements.</param>
    /// <param name="low">First pattern of the range.</param>
    /// <param name="length">Patterns in the range.</param>
    /// <param name="destination">Offsets in the order of the elements; may be longer than they are.</param>
    /// <param name="above">Raised by the number of magnitudes above the range.</param>
    /// <returns>How many were packed.</returns>
    public abstract int SelectRange(ReadOnlySpan<float> source, uint low, uint length, Span<uint> destination, ref long above);

    /// <summary>Uniform numbers in [0, 1) at places first ... of a stream; first is a multiple of 16.</summary>
    public abstract void Uniform(in PhiloxStream stream, long first, Span<float> destination);

    /// <summary>Folds the lanes in halves: 16 to 8 to 4 to 2 to 1; the lanes are zero afterwards.</summary>
    public static double Fold(Span<double> lanes)
    {
        for (int half = Lanes / 2; half >= 1; half /= 2)
            for (int i = 0; i < half; i++) lanes[i] += lanes[i + half];
        double sum = lanes[0];
        lanes.Clear();
        return sum;
    }
}
