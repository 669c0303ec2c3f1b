using MergeEngine.Kernels;

namespace MergeEngine.Tests.Expressions;

/// <summary>The reference: computes every subexpression as a whole array, in plain loops that share no code with the engine.</summary>
/// <param name="inputs">One array per model.</param>
/// <param name="rowLength">Elements of a row.</param>
sealed class PlainReading(float[][] inputs, long rowLength)
{
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
