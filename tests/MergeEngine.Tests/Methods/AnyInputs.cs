using FsCheck.Xunit;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>What holds for all methods, or for all of a kind, whatever the inputs.</summary>
[Properties(Arbitrary = [typeof(MergeDraws)], MaxTest = 60, Replay = "(31,17)")]
public class AnyInputs
{
    static readonly string[] Symmetric = ["linear", "task_arithmetic", "ties", "model_stock", "multislerp", "karcher", "ram", "ramplus_tl", "sce", "breadcrumbs"];

    /// <summary>Up to rounding: sums run in recipe order.</summary>
    [Property]
    public void GiveTheSameInAnyOrderOfModels(MergeDraw draw)
    {
        var turned = draw with { Models = [.. draw.Models.Reverse()], Weights = [.. draw.Weights.Reverse()] };
        foreach (string method in Symmetric) Near.Check(draw.By(method).Run(), turned.By(method).Run(), 2e-6, method);
    }

    [Property]
    public void GiveTheModelWhereAllAreEqual(MergeDraw draw)
    {
        var equal = draw with { Models = [.. draw.Models.Select(_ => draw.Models[0])] };
        foreach (string method in (string[])["linear", "ties", "model_stock", "multislerp", "karcher", "ram", "sce"]) Near.Check(draw.Models[0], equal.By(method).Run(), 2e-6, method);
        Near.Check(draw.Models[0], (equal with { Models = [draw.Models[0]] }).SlerpFrom(draw.Models[0], 0.3).Run(), 1e-6, "slerp");
    }

    [Property]
    public void GiveTheBaseWhereLambdaIsZero(MergeDraw draw)
    {
        foreach (string method in MergeDraw.TaskVectorMethods) Assert.Equal(draw.Base, draw.By(method).With(("lambda", 0)).Run());
    }

    /// <summary>Base and model are eighths, so base + (model − base) is exact.</summary>
    [Property]
    public void GiveTheOnlyModelOfWeightOne(MergeDraw draw)
    {
        foreach (string method in (string[])["linear", .. MergeDraw.TaskVectorMethods]) Assert.Equal(draw.Models[0], draw.FirstBy(method).Run());
        Assert.Equal(draw.Models[0], ArrayMerge.Of("passthrough", null, draw.Models[0]).Run());
    }

    [Property]
    public void GiveTheBaseWhereNoModelDiffers(MergeDraw draw)
    {
        var same = draw with { Models = [.. draw.Models.Select(_ => draw.Base)] };
        foreach (string method in (string[])["model_stock", "ram", "ramplus_tl", "sce", .. MergeDraw.TaskVectorMethods]) Assert.Equal(draw.Base, same.By(method).Run());
    }
}
