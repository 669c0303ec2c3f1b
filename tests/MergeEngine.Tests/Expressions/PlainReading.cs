using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Expressions;

/// <summary>The reference: computes every subexpression as a whole array, in plain loops that share no code with the engine.</summary>
/// <param name="inputs">One array per model.</param>
/// <param name="shape">Extents of all.</param>
sealed class PlainReading(float[][] inputs, TensorShape shape)
{
    readonly long rowLength = shape.Rank == 0 ? 1 : Math.Max(1, shape.Extents[^1]);
    readonly int count = inputs[0].Length;

    public float[] Read(Expression expression)
    {
        float[][] operands = [.. expression.Operands.Select(Read)];
        float[] x = operands.Length > 0 ? operands[0] : [], y = operands.Length > 1 ? operands[1] : [];
        float n = (float)expression.Number;
        float[] weights = [.. LazyReading.Weights(expression).Select(weight => (float)weight)];
        return expression.Operator switch
        {
            Operator.Input => inputs[(int)n],
            Operator.Constant => Each(_ => n),
            Operator.Add => Each(i => x[i] + y[i]),
            Operator.Subtract => Each(i => x[i] - y[i]),
            Operator.Multiply => Each(i => x[i] * y[i]),
            Operator.Quotient => Each(i => x[i] / (Math.Abs(y[i]) + 1)),
            Operator.Absolute => Each(i => Math.Abs(x[i])),
            Operator.Scale => Each(i => x[i] * n),
            Operator.DivideBy => Each(i => x[i] / n),
            Operator.AddScalar => Each(i => x[i] + n),
            Operator.WeightedSum => Each(i => Sum(operands, (operand, t) => operand[i] * weights[t])),
            Operator.SignOfSum => Sign(operands),
            Operator.DisjointSum => Agreeing(operands, (t, i) => operands[t][i]),
            Operator.DisjointMean => Mean(Agreeing(operands, (t, i) => operands[t][i]), Agreeing(operands, (t, _) => weights[t])),
            Operator.KeepLargest => Largest(x, expression.Number),
            Operator.KeepRandom => Each(i => Uniform(i) < n ? x[i] : 0),
            Operator.RescaledToL1NormOf => Rescaled(x, y),
            Operator.DivideByNorm => Each(x, 1 + Math.Sqrt(PlainSums.Of(count, i => (double)x[i] * x[i])), (value, norm) => value / norm),
            Operator.ScaleByDot => Each(x, Dotted(x, y), (value, factor) => value * factor),
            Operator.ScaleRows => ScaledRows(x, PlainSums.OfRows(count, rowLength, i => (double)x[i] * y[i])),
            Operator.ScaleColumns => ScaledColumns(x, y),
            Operator.Clamp => Each(i => Math.Clamp(x[i], -Math.Abs(n), 1)),
            Operator.KeepFrom => KeptFrom(x, y),
            Operator.KeepWhere => Each(i => y[i] != 0 ? x[i] : 0),
            Operator.KeepRanks => KeptRanks(x, (long)(expression.Number * count / 4), (long)(expression.Number * count)),
            Operator.KeepRandomByRank => Each(Ranks(x), (i, rank) => Uniform(i) < rank * 0.5f + 0.25f ? x[i] : 0),
            Operator.Ranks => Ranks(x),
            Operator.Variance => Each(i => (float)Variance([.. operands.Select(operand => (double)operand[i])])),
            Operator.OverlapSum => Overlapping(operands, n),
            Operator.DivideByNonzeros => Each(x, 1 + y.Count(value => value != 0), (value, divisor) => value / divisor),
            Operator.ScaleByDivergence => Divergent(x, y),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };
    }

    float[] Each(Func<int, float> element) => [.. Enumerable.Range(0, count).Select(element)];

    static float[] Each(float[] x, double number, Func<float, float, float> element) => [.. x.Select(value => element(value, (float)number))];

    static float Sum(float[][] operands, Func<float[], int, float> term)
    {
        float sum = term(operands[0], 0);
        for (int t = 1; t < operands.Length; t++) sum += term(operands[t], t);
        return sum;
    }

    float[] Sign(float[][] operands) => Each(i => Sum(operands, (operand, _) => operand[i]) >= 0 ? 1 : -1);

    float[] Agreeing(float[][] operands, Func<int, int, float> term)
    {
        float[] sign = Sign(operands);
        return Each(i =>
        {
            float sum = 0;
            for (int t = 0; t < operands.Length; t++) sum += operands[t][i] != 0 && operands[t][i] > 0 == sign[i] > 0 ? term(t, i) : 0;
            return sum;
        });
    }

    float[] Mean(float[] sums, float[] weights) => Each(i => sums[i] / (weights[i] == 0 ? 1 : weights[i]));

    /// <summary>A stable sort by magnitude: equals stay in index order.</summary>
    public static float[] Largest(float[] x, double density)
    {
        if (density >= 1) return x;
        var kept = Enumerable.Range(0, x.Length).OrderByDescending(i => Math.Abs(x[i])).Take((int)(density * x.Length)).ToHashSet();
        return [.. x.Select((value, i) => kept.Contains(i) ? value : 0)];
    }

    static float[] KeptRanks(float[] x, long first, long end)
    {
        var kept = Enumerable.Range(0, x.Length).OrderByDescending(i => Math.Abs(x[i])).Skip((int)first).Take((int)(end - first)).ToHashSet();
        return [.. x.Select((value, i) => kept.Contains(i) ? value : 0)];
    }

    float[] KeptFrom(float[] x, float[] y)
    {
        if (count == 0) return x;
        float limit = x.Select(Math.Abs).OrderDescending().ElementAt(count / 3);
        return Each(i => y[i] >= limit ? x[i] : 0);
    }

    /// <summary>Sorts each vector whole; from the end, so that of equals the lower index is the larger.</summary>
    float[] Ranks(float[] x)
    {
        long length = shape.Rank < 2 ? count : shape[1], stride = shape.Rank < 3 ? 1 : shape.Extents.Skip(2).Aggregate(1L, (product, extent) => product * extent);
        float[] ranks = new float[count];
        foreach (var vector in Enumerable.Range(0, count).GroupBy(i => (i / (length * stride), i % stride)))
        {
            int[] order = [.. vector.Reverse().OrderBy(i => Math.Abs(x[i]))];
            for (int rank = 0; rank < order.Length; rank++) ranks[order[rank]] = order.Length == 1 ? 0.5f : (float)(rank / (order.Length - 1.0));
        }
        return ranks;
    }

    static double Variance(double[] values)
    {
        double mean = values.Aggregate(0.0, (sum, value) => sum + value) / values.Length;
        return values.Aggregate(0.0, (sum, value) => sum + (value - mean) * (value - mean)) / values.Length;
    }

    float[] Overlapping(float[][] operands, float smallest)
    {
        int[] overlaps = [.. Enumerable.Range(0, count).Select(i => operands.Count(operand => Math.Abs(operand[i]) > smallest))];
        float[] factors = [.. operands.Select(operand => (float)(1 + Active(operand, i => overlaps[i] > 1) / (1.0 + Active(operand, i => overlaps[i] == 1))))];
        return Each(i => operands.Select((operand, t) => (Value: operand[i], Factor: factors[t])).Where(entry => Math.Abs(entry.Value) > smallest)
            .Aggregate(0f, (sum, entry) => sum + (overlaps[i] == 1 ? entry.Value * entry.Factor : entry.Value / overlaps[i])));

        int Active(float[] operand, Func<int, bool> where) => Enumerable.Range(0, count).Count(i => Math.Abs(operand[i]) > smallest && where(i));
    }

    float[] ScaledColumns(float[] x, float[] y)
    {
        if (shape.Rank < 2) return ScaledRows(x, PlainSums.OfRows(count, rowLength, i => (double)x[i] * y[i]));
        long columns = count / Math.Max(1, shape[0]);
        double[] dots = PlainSums.OfColumns(count, columns, i => (double)x[i] * y[i]);
        return Each(i => x[i] * (float)(1 / (1 + Math.Abs(dots[i % columns]))));
    }

    float[] Divergent(float[] x, float[] y)
    {
        double[] p = Softmax(x), q = Softmax(y), rows = PlainSums.OfRows(count, rowLength, i => p[i] * Elementary.Log(p[i] / q[i]));
        return Each(i => x[i] * (float)Math.Max(0, rows[i / rowLength]));
    }

    double[] Softmax(float[] x)
    {
        float[] clamped = [.. x.Select(value => Math.Clamp(value, -9, 9))];
        double[] largest = [.. clamped.Chunk((int)rowLength).Select(row => (double)row.Max())];
        double Term(int i) => Elementary.Exp(clamped[i] - largest[i / rowLength]);
        double[] sums = PlainSums.OfRows(count, rowLength, Term);
        return [.. Enumerable.Range(0, count).Select(i => Term(i) / sums[i / rowLength] + 1e-8)];
    }

    float[] Each(float[] other, Func<int, float, float> element) => [.. other.Select((value, i) => element(i, value))];

    static float Uniform(int i)
    {
        var (a, b, c, d) = PhiloxStream.Of(0, "w", 1, LazyReading.Purpose).Block((uint)i / 4);
        return ((i % 4) switch { 0 => a, 1 => b, 2 => c, _ => d } >> 8) / 16777216f;
    }

    float[] Rescaled(float[] x, float[] original)
    {
        double before = PlainSums.Of(count, i => Math.Abs(original[i])), after = PlainSums.Of(count, i => Math.Abs(x[i]));
        return Each(x, before < 1e-7 || after < 1e-7 ? 1 : before / after, (value, factor) => value * factor);
    }

    double Dotted(float[] x, float[] y)
    {
        double sum = PlainSums.Of(count, i => y[i]), dot = PlainSums.Of(count, i => (double)x[i] * y[i]);
        return sum / (1 + dot * dot);
    }

    float[] ScaledRows(float[] x, double[] dots) => Each(i => x[i] * (float)(1 / (1 + Math.Abs(dots[i / rowLength]))));
}
