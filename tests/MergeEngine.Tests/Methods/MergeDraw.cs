using FsCheck;
using FsCheck.Fluent;
using MergeEngine.Methods;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>Random inputs of a merge: a base, two to four models and their weights. Values are eighths, so sums of a few are exact.</summary>
public sealed record MergeDraw(float[] Base, float[][] Models, double[] Weights)
{
    public static readonly string[] TaskVectorMethods = ["task_arithmetic", "ties", "dare_linear", "dare_ties", "breadcrumbs", "breadcrumbs_ties", "della", "della_linear"];

    public int Count => Base.Length;

    /// <summary>The merge with the drawn weights, where the method has weights.</summary>
    internal ArrayMerge By(string method)
    {
        var merge = ArrayMerge.Of(method, MethodRegistry.All[method].Spec is { NeedsBase: true } ? Base : null, Models);
        return merge.Method.Spec.Find("weight") is null ? merge : merge.WithEach("weight", Weights);
    }

    /// <summary>Only the first model.</summary>
    internal ArrayMerge FirstBy(string method) => (this with { Models = [Models[0]], Weights = [1] }).By(method);

    /// <summary>From a tensor towards the first model.</summary>
    internal ArrayMerge SlerpFrom(float[] start, double t) => ArrayMerge.Of("slerp", start, Models[0]).With(("t", t));

    public override string ToString() =>
        $"base {string.Join(' ', Base)}; models {string.Join(" ; ", Models.Select(model => string.Join(' ', model)))}; weights {string.Join(' ', Weights)}";
}

public static class MergeDraws
{
    public static Arbitrary<MergeDraw> Draw() => Arb.From(
        from count in Gen.Choose(1, 70)
        from models in Gen.Choose(2, 4)
        from baseTensor in Tensor(count)
        from tensors in Tensor(count).ArrayOf(models)
        from weights in Gen.Elements(0.25, 0.5, 1, 1.5, 2).ArrayOf(models)
        select new MergeDraw(baseTensor, tensors, weights));

    static Gen<float[]> Tensor(int count) => Gen.Choose(-64, 64).Select(eighths => eighths / 8f).ArrayOf(count);
}
