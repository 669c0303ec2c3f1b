using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;
using MergeEngine.Kernels;
using MergeEngine.Methods;

namespace MergeEngine.Planning;

/// <summary>Random numbers as a function of seed, tensor name, model index, purpose and position.</summary>
static class PhiloxDraws
{
    public static RandomDraws Of(ulong seed) => (scope, step, source, purpose) =>
        new LazyTensor(scope, new Uniform(PhiloxStream.Of(seed, step.Name, source.ModelIndex, purpose)));
}
