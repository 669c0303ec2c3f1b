using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>How often a merge reads its inputs: one pass for each dependent group of reductions, one for the result.</summary>
public class Passes
{
    const int Count = 70_000;

    [Theory]
    [InlineData("linear", 1)]
    [InlineData("passthrough", 1)]
    [InlineData("task_arithmetic", 1)]
    [InlineData("slerp", 2)]
    [InlineData("model_stock", 2)]
    [InlineData("ties", 3)]
    [InlineData("dare_linear", 2)]
    [InlineData("dare_ties", 2)]
    [InlineData("nuslerp", 2)]
    [InlineData("multislerp", 2)]
    [InlineData("karcher", 2)]
    [InlineData("nearswap", 1)]
    [InlineData("ram", 1)]
    [InlineData("ramplus_tl", 2)]
    [InlineData("sce", 2)]
    [InlineData("breadcrumbs", 3)]
    [InlineData("breadcrumbs_ties", 3)]
    [InlineData("arcee_fusion", 6)]
    public void AreAsFewAsTheMethodAllows(string method, int passes)
    {
        var spec = MethodRegistry.All[method].Spec;
        float[][] models = [.. Enumerable.Range(1, Math.Min(3, spec.MaxModels)).Select(seed => Numbers(seed))];
        var merge = ArrayMerge.Of(method, spec.NeedsBase ? Numbers(0) : null, models);
        if (spec.Find("weight") is not null) merge = merge.WithEach("weight", [.. models.Select(_ => 1.0)]);
        if (spec.Find("density") is not null) merge = merge.WithEach("density", [.. models.Select(_ => 0.5)]);
        if (spec.Find("t") is not null) merge = merge.With(("t", 0.5));
        merge.Run(out var tensors);
        int inputs = models.Length + (spec.NeedsBase ? 1 : 0);
        Assert.Equal((long)passes * inputs * Count * sizeof(float), tensors.BytesRead);
    }

    /// <summary>Each element of each input once, and nothing else, however many tensors there are.</summary>
    [Fact]
    public void OfFiftyThousandTinyTensorsAreOneEach()
    {
        const int tensorCount = 50_000, size = 5;
        var stored = new MemoryTensors();
        var shape = new TensorShape(size);
        var linear = MethodRegistry.All["linear"];
        var (perModel, parameters) = (new Dictionary<string, double> { ["weight"] = 0.5 }, new Dictionary<string, double> { ["normalize"] = 0 });
        StepSource Source(string name, int model) => new($"{model}", stored.Add($"{model}", name, shape, [model, 2, 3, 4, 5]), shape, false, model, perModel);
        MergeStep[] steps = [.. Enumerable.Range(0, tensorCount).Select(i => $"t{i}").Select(name =>
            new MergeStep(name, shape, Dtype.F32, linear, [Source(name, 0), Source(name, 3)], parameters))];
        var merged = MemoryMerge.Run(stored, steps, new MergeOptions { Threads = 2 });
        Assert.Equal(tensorCount * 2L * size * sizeof(float), stored.BytesRead);
        Assert.All(merged.Outputs, output => Assert.Equal([1.5f, 2, 3, 4, 5], MemoryTensors.Floats(output)));
    }

    static float[] Numbers(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Count).Select(_ => random.Next(-64, 65) / 8f)];
    }
}
