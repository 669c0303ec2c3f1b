using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Methods;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Expressions;

/// <summary>Reductions equal the naive float64 sums in the documented order.</summary>
public class Sums
{
    static readonly long[][] Shapes = [[1], [15], [17], [65535], [65536], [65537], [200000], [3, 50001], [70001, 2], [1, 140000]];

    public static TheoryData<long[]> AllShapes => [.. Shapes];

    [Theory]
    [MemberData(nameof(AllShapes))]
    public void EqualTheNaiveSums(long[] extents)
    {
        var shape = new TensorShape(extents);
        int count = (int)shape.Count;
        float[] x = Numbers(count, 1), y = Numbers(count, 2);
        double Of(Func<int, double> term) => PlainSums.Of(count, term);
        double[] rows = PlainSums.OfRows(count, extents[^1], i => (double)x[i] * y[i]);
        double[] expected = [Of(i => x[i]), Of(i => Math.Abs(x[i])), Of(i => (double)x[i] * y[i]), Math.Sqrt(Of(i => (double)y[i] * y[i])), .. rows];
        foreach (var options in RunSettings.All)
        {
            var method = new AllReductions();
            new ArrayMerge(method, shape, null, [x, y]).Run(options);
            Assert.True(expected.AsSpan().SequenceEqual(method.Found()), $"{options}");
        }
    }

    [Fact]
    public void AreExactWhereEverySumIs()
    {
        float[] whole = [.. Enumerable.Range(1, 100_000).Select(i => (float)i)];
        var method = new AllReductions();
        new ArrayMerge(method, new TensorShape(whole.Length), null, [whole, [.. whole.Select(_ => -1f)]]).Run();
        const double gauss = 100_000.0 * 100_001 / 2;
        Assert.Equal([gauss, gauss, -gauss, Math.Sqrt(100_000), -gauss], method.Found());
    }

    static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() - 0.4) * Math.Pow(10, random.Next(-6, 7))))];
    }

    /// <summary>Asks for every kind of sum.</summary>
    sealed class AllReductions : IMergeMethod
    {
        double[] numbers = [];
        VectorNumbers? rows;

        public MethodSpec Spec { get; } = new("sums", "Sums", "test", []);

        /// <summary>Sum, sum of magnitudes, dot product, norm of the second, dot products of the rows.</summary>
        public double[] Found() => [.. numbers, .. rows!.Known];

        public LazyTensor Merge(MergeInputs inputs)
        {
            var (x, y) = (inputs.Models[0].Tensor, inputs.Models[1].Tensor);
            LazyNumber[] wanted = [Reduce.Sum(x), Reduce.SumOfMagnitudes(x), Reduce.Dot(x, y), Reduce.Norm(y)];
            rows = Reduce.RowDot(x, y);
            numbers = [.. wanted.Select(number => number.Value)];
            return x.ScaleVectors(rows);
        }
    }
}
