using MergeEngine.Architectures;

namespace MergeEngine.Tests.Architectures;

/// <summary>Checkpoints of thirty families and the models of the golden merges: the architecture fits the file.</summary>
public sealed class PublishedCheckpoint
{
    /// <summary>Classes without a definition.</summary>
    static readonly string[] Inferred = ["clip", "vit", "qwen2_moe", "micro-opt-base"];

    public static TheoryData<string> All => [.. Outlines.Names];

    [Theory]
    [MemberData(nameof(All))]
    public void HasEveryDemandedTensor(string name)
    {
        ModelOutline model = Outlines.Stored(name);
        foreach (ArchitectureModule module in Architecture.Of([model]).Modules)
        {
            int layers = module.LayerCount(model.Config);
            Assert.All(module.Tensors(layers).Where(tensor => !tensor.Template.Optional), tensor =>
                Assert.NotNull(tensor.Template.FindIn(model.Tensors, tensor.Layer, layers)));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void HasNoUnknownTensor(string name)
    {
        ModelOutline model = Outlines.Stored(name);
        Assert.Empty(Architecture.Of([model]).Unknown(model.Config, model.Tensors.Keys));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void LosesOnlyBuffers(string name)
    {
        ModelOutline model = Outlines.Stored(name);
        HashSet<string> read = [];
        foreach (ArchitectureModule module in Architecture.Of([model]).Modules)
        {
            int layers = module.LayerCount(model.Config);
            read.UnionWith(module.Tensors(layers).Select(tensor => tensor.Template.FindOwnIn(model.Tensors, tensor.Layer, layers)?.Name).OfType<string>());
        }
        Assert.Equal(Buffers(name), model.Tensors.Keys.Where(tensor => !read.Contains(tensor)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void HasADefinitionUnlessListed(string name)
    {
        Assert.Equal(Inferred.Contains(name), Architecture.Of([Outlines.Stored(name)]).IsInferred);
    }

    static string[] Buffers(string name) => name switch
    {
        "gpt2-hubnames" => ["h.0.attn.bias", "h.1.attn.bias"],
        "micro-llama-a-extra" => ["model.rotary.inv_freq"],
        _ => [],
    };
}
