using FsCheck.Xunit;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>How the result of averages and interpolations depends on weights, t and scale.</summary>
[Properties(Arbitrary = [typeof(MergeDraws)], MaxTest = 60, Replay = "(37,19)")]
public class AnyWeights
{
    [Property]
    public void LieBetweenTheModelsInAnAverage(MergeDraw draw)
    {
        float[] merged = draw.By("linear").Run();
        for (int i = 0; i < merged.Length; i++)
            Assert.InRange(merged[i], draw.Models.Min(model => model[i]) - 1e-5f, draw.Models.Max(model => model[i]) + 1e-5f);
    }

    [Property]
    public void MayBeScaledTogetherInAnAverage(MergeDraw draw)
    {
        var scaled = draw with { Weights = [.. draw.Weights.Select(weight => weight * -4)] };
        Near.Check(draw.By("linear").Run(), scaled.By("linear").Run(), 1e-6, "weights times -4");
    }

    [Property]
    public void OfTaskArithmeticThatAreSharesGiveTheAverage(MergeDraw draw)
    {
        double[] shares = [.. draw.Weights.Select(_ => 1.0 / draw.Weights.Length)];
        var even = draw with { Weights = shares };
        Near.Check(even.By("linear").Run(), even.By("task_arithmetic").Run(), 3e-6, "shares 1/n");
    }

    /// <summary>Learning, then negating the same model.</summary>
    [Property]
    public void OfTaskArithmeticThatCancelGiveTheBase(MergeDraw draw) =>
        Assert.Equal(draw.Base, new MergeDraw(draw.Base, [draw.Models[0], draw.Models[0]], [1.5, -1.5]).By("task_arithmetic").Run());

    [Property]
    public void OfSlerpMirrorWhenTheEndsAreSwapped(MergeDraw draw)
    {
        foreach (double t in (double[])[0, 0.3, 0.5, 1])
            Near.Check(draw.SlerpFrom(draw.Base, t).Run(), (draw with { Models = [draw.Base] }).SlerpFrom(draw.Models[0], 1 - t).Run(), 2e-6, $"t {t}");
    }

    [Property]
    public void OfSlerpKeepTheNormOfEqualNorms(MergeDraw draw)
    {
        float[] a = draw.Base, b = [.. a.Reverse()];
        double merged = Norm((draw with { Models = [b] }).SlerpFrom(a, 0.3).Run());
        if (Math.Abs(a.Zip(b, (x, y) => (double)x * y).Sum()) < 0.9995 * Norm(a) * Norm(a)) Assert.InRange(merged, Norm(a) * 0.99999, Norm(a) * 1.00001);
    }

    /// <summary>Powers of two scale every step exactly.</summary>
    [Property]
    public void ScaleWithTheTensorsExactly(MergeDraw draw)
    {
        float[] Four(float[] values) => [.. values.Select(value => value * 4)];
        var scaled = new MergeDraw(Four(draw.Base), [.. draw.Models.Select(Four)], draw.Weights);
        foreach (string method in (string[])["linear", "task_arithmetic", "ties", "dare_ties"]) Assert.Equal(Four(draw.By(method).Run()), scaled.By(method).Run());
        Assert.Equal(Four(draw.SlerpFrom(draw.Base, 0.3).Run()), scaled.SlerpFrom(scaled.Base, 0.3).Run());
    }

    [Property]
    public void DoNotEnterModelStockWhenOneTaskVectorIsDoubled(MergeDraw draw)
    {
        float[] doubled = [.. draw.Models[0].Zip(draw.Base, (model, start) => start + 2 * (model - start))];
        double Share(float[] first) => ShareOf(draw.Base, [first, draw.Models[1]], ArrayMerge.Of("model_stock", draw.Base, first, draw.Models[1]).Run());
        Assert.Equal(Share(draw.Models[0]), Share(doubled), 1e-4);
    }

    /// <summary>t, from the element where the mean is farthest from the base; 0 where it is nowhere.</summary>
    static double ShareOf(float[] start, float[][] models, float[] merged)
    {
        double[] way = [.. start.Select((value, i) => models.Average(model => (double)model[i]) - value)];
        int farthest = Array.IndexOf(way, way.MaxBy(Math.Abs));
        return way[farthest] == 0 ? 0 : (merged[farthest] - (double)start[farthest]) / way[farthest];
    }

    static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));
}
