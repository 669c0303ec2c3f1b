using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>All methods on a small checkpoint of made-up numbers: several dtypes, blocks, rows across them, a scalar.</summary>
sealed class SyntheticMerges
{
    const int ModelCount = 3;

    static readonly (Dtype Dtype, TensorShape Shape)[] Kinds =
        [(Dtype.F32, new(300, 233)), (Dtype.BF16, new(2_000)), (Dtype.F16, new(7, 33)), (Dtype.F32, new()), (Dtype.F8_E4M3, new(1025))];

    readonly MemoryTensors tensors = new();
    readonly List<MergeStep> steps = [];

    public SyntheticMerges()
    {
        for (int kind = 0; kind < Kinds.Length; kind++)
        {
            TensorInfo[] stored = [.. Enumerable.Range(0, ModelCount + 1).Select(model => Stored(kind, model))];
            foreach (var method in MethodRegistry.All.Values) steps.Add(Step(method, stored));
        }
    }

    /// <returns>By method, the digests of its tensors.</returns>
    public IReadOnlyDictionary<string, string> Digests(MergeOptions options)
    {
        string[] digests = MemoryMerge.Run(tensors, steps, options).Digests;
        return steps.Zip(digests).GroupBy(pair => pair.First.Method!.Spec.Id, pair => pair.Second).ToDictionary(group => group.Key, group => string.Join(',', group));
    }

    /// <summary>Uniform numbers around zero, every fifth one coarse, so that there are equals and zeros.</summary>
    TensorInfo Stored(int kind, int model)
    {
        var (dtype, shape) = Kinds[kind];
        float[] values = new float[shape.Count];
        new ScalarKernels().Uniform(PhiloxStream.Of(1, $"t{kind}", model, "synthetic"), 0, values);
        for (int i = 0; i < values.Length; i++) values[i] = i % 5 == 0 ? MathF.Round(values[i] * 4 - 2) : values[i] * 6 - 3;
        return tensors.Add($"model{model}", $"t{kind}", shape, values, dtype);
    }

    /// <summary>The last stored tensor is the base.</summary>
    static MergeStep Step(IMergeMethod method, TensorInfo[] stored)
    {
        var (spec, shape) = (method.Spec, stored[0].Shape);
        List<StepSource> sources = [.. stored[..ModelCount].Take(spec.MaxModels).Select((tensor, i) => new StepSource($"m{i}", tensor, shape, false, i, Parameters(spec, i)))];
        if (spec.NeedsBase) sources.Add(new StepSource("base", stored[^1], shape, true, -1, Parameters(spec, 0)));
        return new MergeStep(stored[0].Name, shape, stored[0].Dtype, method, sources, Parameters(spec, 0));
    }

    static Dictionary<string, double> Parameters(MethodSpec spec, int model) => spec.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Name switch
    {
        "weight" => 0.3 + 0.2 * model,
        "density" => 0.4,
        "scale" => 0.7,
        "t" => 0.35,
        "select_topk" => 0.6,
        "nuslerp_flatten" => 0,
        "nuslerp_row_wise" => 1,
        _ => parameter.Default,
    });
}
