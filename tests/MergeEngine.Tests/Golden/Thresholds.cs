using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Golden;

/// <summary>Counts elements on the other side of a threshold than the original tool's: it compares numbers that are nearly equal, in float32.</summary>
sealed class Thresholds
{
    const double Tolerance = 1e-6, MostFlips = 0.002;

    /// <summary>One rounding to bfloat16 and one unit in its last place.</summary>
    const double SmallTolerance = 1.0 / 128;

    long elements, flips;

    public static bool MayFlip(GoldenCase golden) => golden.Methods.Single() == "arcee_fusion";

    /// <summary>Every element must be close to the tool's, or to the other value that it may have: that of the base or of the model.</summary>
    public void Add(MergePlan plan, string tensor, float[] expected, (TensorInfo Info, byte[] Bytes) ours)
    {
        float[][] sources = [.. plan.Steps.Single(step => step.Name == tensor).Sources.Select(source => Decode(source.Tensor.Stored.Single()))];
        float[] actual = Decode(ours.Info.Dtype, ours.Bytes);
        double largest = expected.Max(Math.Abs);
        bool Close(float wanted, float found) => Math.Abs(wanted - found) <= (ours.Info.Dtype == Dtype.F32 ? Tolerance * largest : SmallTolerance * Math.Abs(wanted));
        for (int i = 0; i < expected.Length; i++)
        {
            elements++;
            if (Close(expected[i], actual[i])) continue;
            Assert.Contains(sources, values => Close(values[i], actual[i]));
            flips++;
        }
    }

    public void Check() => Assert.InRange(flips, 0, elements * MostFlips);

    static float[] Decode(TensorInfo tensor)
    {
        using var reader = new TensorReader();
        byte[] bytes = new byte[tensor.Length];
        reader.Read(tensor, 0, bytes);
        return Decode(tensor.Dtype, bytes);
    }

    static float[] Decode(Dtype dtype, byte[] bytes)
    {
        var values = new float[bytes.Length / dtype.Size()];
        KernelSet.All[0].Decode(dtype, bytes, values);
        return values;
    }
}
