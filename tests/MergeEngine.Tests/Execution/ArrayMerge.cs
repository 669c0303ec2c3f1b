using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Expressions;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>The merge of one tensor whose inputs are arrays: what a recipe, checkpoints and a plan would give.</summary>
/// <param name="Method">How to merge.</param>
/// <param name="Shape">Extents of all arrays.</param>
/// <param name="Base">The base's elements; null: there is none.</param>
/// <param name="Models">The models' elements, in recipe order.</param>
sealed record ArrayMerge(IMergeMethod Method, TensorShape Shape, float[]? Base, float[][] Models)
{
    /// <summary>Method-wide parameters; the others have their defaults.</summary>
    public IReadOnlyDictionary<string, double> Arguments { get; init; } = new Dictionary<string, double>();

    /// <summary>Parameters of the models: one set for all, or one each.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> PerModel { get; init; } = [new Dictionary<string, double>()];

    /// <summary>Recorded draws, true where an element is kept; empty: the engine draws.</summary>
    public IReadOnlyList<bool[]> Keep { get; init; } = [];

    public static ArrayMerge Of(string method, float[]? baseTensor, params float[][] models) =>
        new(MethodRegistry.All[method], new TensorShape(models[0].Length), baseTensor, models);

    public ArrayMerge With(params (string Name, double Value)[] arguments) => this with { Arguments = arguments.ToDictionary() };

    /// <summary>A parameter of the models: one value each.</summary>
    public ArrayMerge WithEach(string name, params double[] values) =>
        this with { PerModel = [.. values.Select((value, i) => new Dictionary<string, double>(Given(i)) { [name] = value })] };

    public float[] Run(MergeOptions? options = null) => Run(out _, options);

    /// <param name="tensors">Counts what was read.</param>
    /// <param name="options">How to run; null: as the engine likes.</param>
    public float[] Run(out MemoryTensors tensors, MergeOptions? options = null)
    {
        tensors = new MemoryTensors();
        var step = Step(tensors);
        return MemoryTensors.Floats(MemoryMerge.Run(tensors, [step], options ?? new MergeOptions(), Draws(tensors)).Outputs[0]);
    }

    MergeStep Step(MemoryTensors tensors)
    {
        List<StepSource> sources = [];
        if (Base is not null) sources.Add(Source(tensors, "base", Base, -1));
        for (int i = 0; i < Models.Length; i++) sources.Add(Source(tensors, $"model{i}", Models[i], i));
        return new MergeStep("w", Shape, Dtype.F32, Method, sources, Resolved(perModel: false, Arguments));
    }

    StepSource Source(MemoryTensors tensors, string model, float[] values, int index) => new(
        model, tensors.Add(model, "w", Shape, values), Shape, index < 0, index, Resolved(perModel: true, Given(index)));

    /// <summary>The base of a method to which it is an input takes the first set.</summary>
    IReadOnlyDictionary<string, double> Given(int model) => PerModel[PerModel.Count == 1 ? 0 : Math.Max(model, 0)];

    Dictionary<string, double> Resolved(bool perModel, IReadOnlyDictionary<string, double> given)
    {
        Assert.All(given.Keys, name => Assert.Equal(perModel, Method.Spec.Find(name)?.PerModel));
        var declared = Method.Spec.Parameters.Where(parameter => parameter.PerModel == perModel).ToArray();
        Assert.All(declared.Where(parameter => parameter.Required), parameter => Assert.Contains(parameter.Name, given));
        return declared.ToDictionary(parameter => parameter.Name, parameter => given.GetValueOrDefault(parameter.Name, parameter.Default));
    }

    RandomDraws? Draws(MemoryTensors tensors)
    {
        if (Keep.Count == 0) return null;
        StepSource[] draws = [.. Keep.Select((keep, i) => Source(tensors, $"draws{i}", [.. keep.Select(kept => kept ? 0f : 1f)], i))];
        return (scope, _, source, _) => draws[source.ModelIndex].Tensor.Express(new SourceScope(scope, PhiloxDraws.Of(0), AllowNonFinite: false, new MergeRemarks(new SourcePosition("test.yml"))));
    }
}
