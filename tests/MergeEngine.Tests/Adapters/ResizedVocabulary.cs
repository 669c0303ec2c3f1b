using System.Runtime.InteropServices;
using System.Text;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Tests.Golden;

namespace MergeEngine.Tests.Adapters;

/// <summary>An adapter whose saved embeddings have more rows than the model's.</summary>
public sealed class ResizedVocabulary : IDisposable
{
    readonly AdapterFolder folder = new();
    readonly string output = Directory.CreateTempSubdirectory("resized-").FullName;

    public void Dispose()
    {
        folder.Dispose();
        Directory.Delete(output, recursive: true);
    }

    [Fact]
    public void GivesTheOutputItsSize()
    {
        Save("model.embed_tokens", "lm_head");
        var plan = FoldCase.PlanOf(folder.Recipe);
        Assert.Equal("MRG0295", Assert.Single(plan.Warnings).Code);
        Assert.Contains("\"vocab_size\": 50", plan.Texts.Single(text => text.Name == "config.json").Text, StringComparison.Ordinal);
        MergeExecutor.Run(plan, output, new MergeOptions(), null, CancellationToken.None);
        Assert.Equal(new TensorShape(50, 24), TensorFile.ReadCheckpoint(output)["model.embed_tokens.weight"].Info.Shape);
    }

    [Fact]
    public void OfOneOfTwoTablesIsAnError()
    {
        Save("model.embed_tokens");
        Assert.Equal(["MRG0296"], folder.Errors());
    }

    [Fact]
    public void OfAnotherTensorIsAnError()
    {
        Save("model.layers.0.self_attn.o_proj");
        Assert.Equal(["MRG0294"], folder.Errors());
    }

    /// <summary>Writes tensors of 50 rows of 24 ones as the adapter's only ones.</summary>
    void Save(params string[] modules)
    {
        const int Length = 50 * 24 * sizeof(float);
        string header = "{" + string.Join(',', modules.Select((module, i) =>
            $"\"base_model.model.{module}.weight\":{{\"dtype\":\"F32\",\"shape\":[50,24],\"data_offsets\":[{i * Length},{(i + 1) * Length}]}}")) + "}";
        byte[] text = Encoding.UTF8.GetBytes(header), data = MemoryMarshal.AsBytes(Enumerable.Repeat(1f, modules.Length * 50 * 24).ToArray().AsSpan()).ToArray();
        File.WriteAllBytes(Path.Combine(folder.Path, "adapter_model.safetensors"), [.. BitConverter.GetBytes((long)text.Length), .. text, .. data]);
    }
}
