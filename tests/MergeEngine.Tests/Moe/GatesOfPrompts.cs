using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Planning.Moe;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Moe;

/// <summary>Expected numbers: methods-b, B-29, worked example.</summary>
public class GatesOfPrompts
{
    static readonly float[] Embeddings = [0.1f, 0.2f, -0.3f, 1, 0, 0.5f, -0.4f, 0.6f, 0.2f, 0.3f, -0.2f, 0.7f];

    [Fact]
    public void AreSumsOfEmbeddingsOfLengthOne() => AssertNear([0.76028592, 0.22808578, 0.60822874], Rows(new GatePrompts([0, 1, 2, 1, 3], [])));

    [Fact]
    public void AreDifferencesWhereThereAreNegativePrompts() => AssertNear([0.88887628, -0.39383935, 0.23407163], Rows(new GatePrompts([0, 1, 2, 1, 3], [2])));

    [Fact]
    public void OfNoTokensAreZero() => Assert.Equal([0, 0, 0], Rows(new GatePrompts([], [])));

    [Fact]
    public void OfSeveralExpertsAreRows()
    {
        GatePrompts first = new([3], []), second = new([1, 2], [0]);
        Assert.Equal([.. Rows(first), .. Rows(second)], Rows(first, second));
    }

    [Fact]
    public void NameTheEmbeddingThatIsNotFinite()
    {
        var tensors = new MemoryTensors();
        float[] bad = [.. Embeddings];
        bad[4] = float.PositiveInfinity;
        Diagnostic error = Assert.Single(Assert.Throws<MergeException>(() => Run(tensors, bad, new MergeOptions(), new GatePrompts([1], []))).Diagnostics);
        Assert.Equal("MRG0304", error.Code);
        Assert.Contains("at element 4", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void AreTheSameHoweverTheyAreRun()
    {
        float[] expected = Rows(new GatePrompts([0, 1, 2], [3]), new GatePrompts([2], []));
        foreach (MergeOptions options in RunSettings.All)
            Assert.Equal(expected, Run(new MemoryTensors(), Embeddings, options, new GatePrompts([0, 1, 2], [3]), new GatePrompts([2], [])));
    }

    [Fact]
    public void DependOnTokensAndEmbeddings()
    {
        var tensors = new MemoryTensors();
        StoredTensor stored = Stored(tensors, Embeddings);
        string Key(params GatePrompts[] prompts) => string.Join('\n', new PromptGates(stored, prompts).KeyLines(tensor => tensor.Name));
        Assert.Equal(Key(new GatePrompts([1, 2], [])), Key(new GatePrompts([1, 2], [])));
        Assert.NotEqual(Key(new GatePrompts([1, 2], [])), Key(new GatePrompts([12], [])));
        Assert.NotEqual(Key(new GatePrompts([1, 2], [])), Key(new GatePrompts([1], [2])));
        Assert.NotEqual(Key(new GatePrompts([1], []), new GatePrompts([2], [])), Key(new GatePrompts([1], [2])));
    }

    static float[] Rows(params GatePrompts[] prompts) => Run(new MemoryTensors(), Embeddings, new MergeOptions(), prompts);

    static StoredTensor Stored(MemoryTensors tensors, float[] values)
    {
        TensorInfo info = tensors.Add("base", "embed", new TensorShape(4, 3), values);
        return new StoredTensor("base", info, info.Shape);
    }

    static float[] Run(MemoryTensors tensors, float[] embeddings, MergeOptions options, params GatePrompts[] prompts)
    {
        var gates = new PromptGates(Stored(tensors, embeddings), prompts);
        var none = new Dictionary<string, double>();
        var step = new MergeStep("gate", gates.Shape, Dtype.F32, null, [new StepSource("base", gates, true, -1, none)], none);
        return MemoryTensors.Floats(MemoryMerge.Run(tensors, [step], options).Outputs[0]);
    }

    static void AssertNear(double[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-7);
    }
}
