using MergeEngine.Expressions;
using static MergeEngine.Expressions.Reduce;

namespace MergeEngine.Methods;

/// <summary>NuSLERP: interpolates along the arc between two models, or between their task vectors, as a whole or row by row or column by column.</summary>
/// <remarks>
/// <para>merged = sin((1−t)ω)/sin ω · a + sin(tω)/sin ω · b, t = w₂ / (w₁ + w₂) (1/2 where the sum is below 1e-6), ω the angle between the vectors; on the straight
/// line where sin ω is below 1e-6. With a base, a and b are task vectors, and the base is added. Without <c>nuslerp_flatten</c> the vectors are the rows (last axis);
/// with <c>nuslerp_row_wise</c>, in spite of its name, those along the first axis.</para>
/// <para>Source: mergekit 0.1.4, nuslerp. Its guard is 1e-8 in float32, which exactly opposite vectors escape; here they are on the straight line.</para>
/// </remarks>
public sealed class Nuslerp : IMergeMethod
{
    const double SmallestTotal = 1e-6, SmallestNorm = 1e-7, SmallestSine = 1e-6;

    /// <summary>Factor of one model; the two give the place between them.</summary>
    static readonly Parameter Weight = new("weight", PerModel: true);

    /// <summary>Where tensors are not flattened: vectors along the first axis instead of the last.</summary>
    static readonly Parameter RowWise = new("nuslerp_row_wise", 0, Kind: ParameterKind.Boolean);

    /// <summary>Each tensor is one vector.</summary>
    static readonly Parameter Flatten = new("nuslerp_flatten", 1, Kind: ParameterKind.Boolean);

    public MethodSpec Spec { get; } = new("nuslerp", "NuSLERP", "mergekit 0.1.4", [Weight, RowWise, Flatten])
    { TakesBase = true, Promotes = true, MinModels = 2, MaxModels = 2, CopiesTheOnlyOne = true, Vocabularies = VocabularyRule.Smallest };

    public LazyTensor Merge(MergeInputs inputs)
    {
        if (inputs.Models.Count < 2) return inputs.Models.Count == 1 ? inputs.Models[0].Tensor : inputs.Base;
        var vectors = inputs.Map(model => inputs.HasBase ? model.TaskVector : model.Tensor);
        var merged = inputs.Is(Flatten) ? Whole(vectors, Place(inputs)) : Each(vectors, Place(inputs), inputs.Is(RowWise) ? ColumnDot : RowDot);
        return inputs.HasBase ? inputs.Base + merged : merged;
    }

    static double Place(MergeInputs inputs)
    {
        double second = inputs.Models[1][Weight], total = inputs.Models[0][Weight] + second;
        return Math.Abs(total) < SmallestTotal ? 0.5 : second / total;
    }

    static LazyTensor Whole(IReadOnlyList<LazyTensor> x, double t)
    {
        LazyNumber[] dots = [Dot(x[0], x[0]), Dot(x[1], x[1]), Dot(x[0], x[1])];
        var (first, second) = Shares([.. dots.Select(dot => dot.Value)], t);
        return LazyTensor.WeightedSum(x, [first, second]);
    }

    static LazyTensor Each(IReadOnlyList<LazyTensor> x, double t, Func<LazyTensor, LazyTensor, VectorNumbers> dot)
    {
        VectorNumbers[] dots = [dot(x[0], x[0]), dot(x[1], x[1]), dot(x[0], x[1])];
        return x[0].ScaleVectors(VectorNumbers.Combine(dots, values => Shares(values, t).First))
            + x[1].ScaleVectors(VectorNumbers.Combine(dots, values => Shares(values, t).Second));
    }

    static (double First, double Second) Shares(double[] dots, double t) => Arc.Shares(dots[2] / (Length(dots[0]) * Length(dots[1])), t, SmallestSine);

    static double Length(double square) => Math.Max(Math.Sqrt(square), SmallestNorm);
}
