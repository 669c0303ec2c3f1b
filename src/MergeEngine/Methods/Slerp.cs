using MergeEngine.Expressions;
using static MergeEngine.Expressions.Reduce;

namespace MergeEngine.Methods;

/// <summary>SLERP: interpolates along the arc between the base (t = 0) and the other model (t = 1).</summary>
/// <remarks>
/// <para>merged = sin((1−t)ω)/sin ω · a + sin(tω)/sin ω · b, ω the angle between the flattened tensors; nearly parallel or opposite ones
/// (|cos ω| over 0.9995) are interpolated on the straight line. A tensor of norm below 1e-8 is not normalized for the angle.</para>
/// <para>Source: Shoemake 1985; mergekit 0.1.4, slerp.</para>
/// </remarks>
public sealed class Slerp : IMergeMethod
{
    const double NearlyParallel = 0.9995, SmallestNorm = 1e-8;

    /// <summary>Place between the base, 0, and the other model, 1.</summary>
    static readonly Parameter T = new("t");

    public MethodSpec Spec { get; } = new("slerp", "SLERP", "mergekit 0.1.4", [T])
    {
        Revision = 2,
        NeedsBase = true,
        MaxModels = 1,
        CopiesTheOnlyOne = true,
        Vocabularies = VocabularyRule.Smallest,
    };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (!inputs.HasBase || inputs.Models.Count == 0) return inputs.HasBase ? inputs.Base : inputs.Models[0].Tensor;
        var (a, b, t) = (inputs.Base, inputs.Models[0].Tensor, inputs[T]);
        var (normA, normB, dot) = (Norm(a), Norm(b), Dot(a, b));
        double cosine = dot.Value / Length(normA.Value) / Length(normB.Value);
        var (first, second) = Math.Abs(cosine) > NearlyParallel ? (1 - t, t) : Arc.Shares(cosine, t);
        return LazyTensor.WeightedSum([a, b], [first, second]);
    }

    static double Length(double norm) => norm > SmallestNorm ? norm : 1;
}
