using FsCheck.Xunit;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>Trimming, dropping and electing.</summary>
[Properties(Arbitrary = [typeof(MergeDraws)], MaxTest = 60, Replay = "(41,23)")]
public class AnyDensity
{
    static readonly string[] Methods = ["ties", "dare_linear", "dare_ties", "breadcrumbs", "breadcrumbs_ties", "della", "della_linear"];

    [Property]
    public void OfOneIsNoSelection(MergeDraw draw)
    {
        Assert.Equal(draw.By("task_arithmetic").Run(), With(draw, "dare_linear", 1).Run());
        Assert.Equal(draw.By("task_arithmetic").Run(), With(draw, "breadcrumbs", 1).Run());
        Assert.Equal(draw.By("task_arithmetic").Run(), With(draw, "della_linear", 1).Run());
        Assert.Equal(With(draw, "ties", 1).With(("normalize", 0)).Run(), With(draw, "dare_ties", 1).Run());
        foreach (string method in Methods) Assert.Equal(With(draw, method, 1).Run(), With(draw, method, 1.75).Run());
    }

    [Property]
    public void OfZeroGivesTheBase(MergeDraw draw)
    {
        foreach (string method in Methods) Assert.Equal(draw.Base, With(draw, method, 0).Run());
    }

    [Property]
    public void ChangesOnlyElementsThatSomeModelKept(MergeDraw draw)
    {
        const double density = 0.4;
        float[] merged = With(draw, "ties", density).Run();
        bool[][] kept = [.. draw.Models.Select(model => Trimmed(draw.Base, model, density))];
        for (int i = 0; i < merged.Length; i++)
            if (!kept.Any(model => model[i])) Assert.Equal(draw.Base[i], merged[i]);
    }

    [Property]
    public void LeavesTheElectedSignOrNothing(MergeDraw draw)
    {
        float[] merged = draw.By("ties").Run();
        for (int i = 0; i < merged.Length; i++)
        {
            double sum = draw.Models.Select((model, t) => draw.Weights[t] * (model[i] - draw.Base[i])).Sum();
            Assert.True(sum >= 0 ? merged[i] >= draw.Base[i] : merged[i] < draw.Base[i]);
        }
    }

    [Property]
    public void OfTiesIsTheWeightedMeanWhereAllAgree(MergeDraw draw)
    {
        float[][] above = [.. draw.Models.Select(model => model.Zip(draw.Base, (value, start) => start + Math.Abs(value) + 0.125f).ToArray())];
        var agreeing = draw with { Models = above };
        Near.Check(agreeing.By("linear").Run(), agreeing.By("ties").Run(), 2e-6, "all task vectors positive");
    }

    [Property]
    public void OfOneModelOfTiesIsTheTrimmedTaskVector(MergeDraw draw)
    {
        const double density = 0.3;
        bool[] kept = Trimmed(draw.Base, draw.Models[0], density);
        float[] expected = [.. draw.Base.Select((start, i) => kept[i] ? draw.Models[0][i] : start)];
        Assert.Equal(expected, draw.FirstBy("ties").WithEach("density", density).Run());
    }

    static ArrayMerge With(MergeDraw draw, string method, double density) => draw.By(method).WithEach("density", [.. draw.Weights.Select(_ => density)]);

    static bool[] Trimmed(float[] start, float[] model, double density)
    {
        var kept = Enumerable.Range(0, start.Length).OrderByDescending(i => Math.Abs(model[i] - start[i])).Take((int)(density * start.Length)).ToHashSet();
        return [.. start.Select((_, i) => kept.Contains(i))];
    }
}
