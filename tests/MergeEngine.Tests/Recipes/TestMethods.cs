using MergeEngine.Expressions;
using MergeEngine.Methods;

namespace MergeEngine.Tests.Recipes;

/// <summary>The declarations of mergekit's eight plain methods (dossier 2.12), without arithmetic: what recipes and plans depend on.</summary>
static class TestMethods
{
    static readonly Parameter Weight = new("weight", PerModel: true);
    static readonly Parameter Density = new("density", 1, Min: 0, PerModel: true);

    public static IReadOnlyDictionary<string, IMergeMethod> All { get; } = new IMergeMethod[]
    {
        new Declared(new("linear", "Linear", "test", [Switch("normalize", true), Weight]) { BaseIsInput = true }),
        new Declared(new("slerp", "SLERP", "test", [new("t")]) { NeedsBase = true, MinModels = 1, MaxModels = 1 }),
        TaskVector("task_arithmetic", normalize: false, rescale: false),
        TaskVector("ties", normalize: true, rescale: false),
        TaskVector("dare_linear", normalize: false, rescale: true),
        TaskVector("dare_ties", normalize: false, rescale: true),
        new Declared(new("model_stock", "Model Stock", "test", [Switch("filter_wise", false)]) { NeedsBase = true, MinModels = 2 }),
        new Declared(new("passthrough", "Passthrough", "test", [new("scale", PerModel: true) { Optional = true }]) { BaseIsInput = true, MaxModels = 1 }),
    }.ToDictionary(method => method.Spec.Id);

    static Declared TaskVector(string id, bool normalize, bool rescale) => new(
        new(id, id, "test", [Switch("int8_mask", false), Switch("normalize", normalize), Switch("rescale", rescale), new("lambda", 1), Weight, Density])
        {
            NeedsBase = true,
            IsRandom = id.StartsWith("dare", StringComparison.Ordinal),
        });

    static Parameter Switch(string name, bool isOn) => new(name, isOn ? 1 : 0, Kind: ParameterKind.Boolean);

    sealed class Declared(MethodSpec spec) : IMergeMethod
    {
        public MethodSpec Spec => spec;

        public LazyTensor Merge(MergeInputs inputs) => throw new NotSupportedException("A declaration only.");
    }
}
