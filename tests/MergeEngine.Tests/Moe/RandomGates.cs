using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Moe;

public class RandomGates
{
    const string Router = "model.layers.0.block_sparse_moe.gate.weight";

    [Fact]
    public void DependOnSeedAndLayerOnly()
    {
        var (one, same, other) = (Mixtures.Build(Mixtures.Recipe("llama")), Mixtures.Build(Mixtures.Recipe("llama", "dtype: float32\nseed: 0")), Mixtures.Build(Mixtures.Recipe("llama", "seed: 1")));
        Assert.Equal(one[Router].Bytes, same[Router].Bytes);
        Assert.NotEqual(one[Router].Bytes, other[Router].Bytes);
        Assert.NotEqual(one[Router].Bytes, one[Router.Replace(".0.", ".1.", StringComparison.Ordinal)].Bytes);
    }

    [Fact]
    public void AreUniformWithinTheRootOfTheHiddenSize()
    {
        float[] gate = Mixtures.Floats(Mixtures.Build(Mixtures.Recipe("llama").Replace("gate_mode: random", "gate_mode: uniform_random", StringComparison.Ordinal))[Router]);
        float bound = (float)Math.Sqrt(1 / 32.0);
        Assert.All(gate, value => Assert.InRange(value, -bound, bound));
        Assert.True(gate.Max() > 0.8 * bound && gate.Min() < -0.8 * bound);
    }

    [Fact]
    public void AndNoiseAreTheSameHoweverTheyAreRun()
    {
        string recipe = Mixtures.Recipe("llama", "dtype: bfloat16", "noise_scale: 0.1");
        var expected = Mixtures.Build(recipe);
        foreach (MergeOptions options in RunSettings.Few)
        {
            var again = Mixtures.Build(recipe, options);
            Assert.All(expected, tensor => Assert.Equal(tensor.Value.Bytes, again[tensor.Key].Bytes));
        }
    }

    [Fact]
    public void HaveKeysThatChangeWithTheSeed()
    {
        string Key(string more, string tensor)
        {
            var plan = Mixtures.Plan(Mixtures.Recipe("llama", more, "noise_scale: 0.1"));
            return plan.TensorKeyText(plan.Steps.Single(step => step.Name == tensor), info => info.Name);
        }
        Assert.NotEqual(Key("", Router), Key("seed: 1", Router));
        Assert.NotEqual(Key("", "model.layers.0.block_sparse_moe.experts.0.w1.weight"), Key("seed: 1", "model.layers.0.block_sparse_moe.experts.0.w1.weight"));
        Assert.Equal(Key("", "model.norm.weight"), Key("seed: 1", "model.norm.weight"));
    }
}
