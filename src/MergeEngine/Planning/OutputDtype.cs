using MergeEngine.Checkpoints;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Decides the element type of an output tensor. Arithmetic is float32 in any case.</summary>
static class OutputDtype
{
    /// <summary><c>out_dtype</c>, else <c>dtype</c>, else what mergekit's arithmetic results in: the base's type, or the common one of all inputs.</summary>
    /// <param name="sources">At least one, all floating-point.</param>
    public static Dtype Of(MergeRecipe recipe, IReadOnlyList<StepSource> sources)
    {
        if ((recipe.OutDtype ?? recipe.Dtype) is { } asked) return asked.Value;
        if (recipe.Spec.BaseIsInput || recipe.Spec.Promotes) return sources.Select(source => source.Tensor.Dtype).Aggregate(Common);
        return (sources.FirstOrDefault(source => source.IsBase) ?? sources[0]).Tensor.Dtype;
    }

    /// <summary>The smallest type that holds both, as torch promotes: float16 and bfloat16 give float32.</summary>
    static Dtype Common(Dtype a, Dtype b) => (a, b) switch
    {
        _ when a == b => a,
        (Dtype.F64, _) or (_, Dtype.F64) => Dtype.F64,
        (Dtype.F8_E4M3 or Dtype.F8_E5M2, Dtype.F16 or Dtype.BF16) => b,
        (Dtype.F16 or Dtype.BF16, Dtype.F8_E4M3 or Dtype.F8_E5M2) => a,
        _ => Dtype.F32,
    };
}
