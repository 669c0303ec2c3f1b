using MergeEngine.LinearAlgebra;

namespace MergeTorch.Tests;

/// <summary>Tensors of the library are freed where they are made; no collector does it. Alone, because it looks at the memory of the process.</summary>
[Collection(nameof(ManyCalls)), CollectionDefinition(nameof(ManyCalls), DisableParallelization = true)]
public sealed class ManyCalls
{
    [SkippableFact]
    public void MemoryStaysFlat()
    {
        ILinearAlgebra algebra = TorchFixture.LinearAlgebra;
        float[] matrix = Numbers.Random<float>(128 * 128, 8), left = new float[128 * 128], values = new float[128], right = new float[128 * 128];
        void Repeat(int times)
        {
            for (int i = 0; i < times; i++) algebra.Svd<float>(matrix.As(128, 128), left.As(128, 128), values, right.As(128, 128));
        }
        Repeat(20);
        long before = Environment.WorkingSet;
        Repeat(300);
        // A leak of one matrix a call would be 20 MB.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 8 << 20);
    }
}
