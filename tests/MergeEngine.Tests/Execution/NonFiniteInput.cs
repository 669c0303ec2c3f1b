using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>NaN or infinity in a weight.</summary>
public class NonFiniteInput
{
    const int Count = 140_000;

    [Theory]
    [InlineData(0, float.NaN)]
    [InlineData(65_535, float.PositiveInfinity)]
    [InlineData(Count - 1, float.NegativeInfinity)]
    public void FailsWithMRG0304NamingTensorModelAndElement(int index, float value)
    {
        foreach (string method in (string[])["linear", "passthrough", "slerp", "ties"])
            foreach (var options in RunSettings.Few)
            {
                var error = Assert.Throws<MergeException>(() => Merge(method, index, value, options, allow: false)).Diagnostics.Single();
                Assert.Equal("MRG0304", error.Code);
                Assert.Contains($"'w' of model 'b' holds {value} at element {index} of", error.Text, StringComparison.Ordinal);
            }
    }

    [Fact]
    public void GoesThroughElementwiseMethodsWhenAllowed()
    {
        float[] merged = Merge("linear", 5, float.PositiveInfinity, new MergeOptions(), allow: true);
        Assert.Equal(float.PositiveInfinity, merged[5]);
        Assert.Equal(1, merged[6]);
    }

    static float[] Merge(string method, int index, float value, MergeOptions options, bool allow)
    {
        var tensors = new MemoryTensors();
        var shape = new TensorShape(Count);
        float[] good = new float[Count], bad = new float[Count];
        Array.Fill(good, 1);
        Array.Fill(bad, 1);
        bad[index] = value;
        var spec = MethodRegistry.All[method].Spec;
        var parameters = spec.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Required ? 0.5 : parameter.Default);
        StepSource a = new("a", tensors.Add("a", "w", shape, good), shape, spec.NeedsBase, -1, parameters), b = new("b", tensors.Add("b", "w", shape, bad), shape, false, 0, parameters);
        var step = new MergeStep("w", shape, Dtype.F32, MethodRegistry.All[method], method == "passthrough" ? [b] : [a, b], parameters);
        return MemoryTensors.Floats(MemoryMerge.Run(tensors, [step], options, allowNonFinite: allow).Outputs[0]);
    }
}
