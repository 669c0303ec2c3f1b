using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Output;
using MergeEngine.Tests.Architectures;

namespace MergeEngine.Tests.Output;

/// <summary>config.json of an output, against what the original tool wrote (configs.json) and by hand.</summary>
public sealed class OutputConfiguration
{
    static readonly JsonNode Golden = JsonNode.Parse(File.ReadAllBytes(Path.Combine(TestData.Folder, "output", "configs.json")))!;

    public static TheoryData<string, string?, int[], int?> Cases => new()
    {
        { "linear-two", null, [], null },
        { "linear-gpt2", null, [], null },
        { "linear-t5", null, [], null },
        { "linear-mixtral", null, [], null },
        { "ties-bert-cls", null, [], null },
        { "linear-dtype-bf16", "bfloat16", [], null },
        { "linear-out-dtype-fp16", "float16", [], null },
        { "passthrough-dtype", "float16", [], null },
        { "passthrough-stack", "bfloat16", [0, 1, 2, 1, 2, 3], null },
        { "passthrough-stack-self", null, [0, 1, 2, 2, 3], null },
        { "linear-tokenizer-padding", null, [], 320 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void IsWhatTheOriginalToolWrites(string name, string? dtype, int[] sources, int? vocabSize)
    {
        ModelConfig donor = Outlines.Config(Golden[name]!["donor"]!.ToJsonString());
        var edits = new ConfigEdits
        {
            Dtype = dtype,
            Layers = sources.Length == 0 ? [] : [new LayerEdit("default", "num_hidden_layers", (int)donor.Integer("num_hidden_layers")!, sources)],
            VocabSize = vocabSize,
            VocabSizeKeys = ["vocab_size"],
        };

        var (text, warnings) = OutputConfig.Make(donor, edits);

        Assert.Empty(warnings);
        Assert.Equal(Golden[name]!["expected"]!.ToJsonString(), JsonNode.Parse(text)!.ToJsonString());
    }

    [Fact]
    public void KeepsOrderNumbersAndLetters()
    {
        const string text = "{\n  \"z\": 1e-05,\n  \"a\": 1.0,\n  \"t\": \"é<|x|>'&\",\n  \"list\": [\n    0.10,\n    null\n  ],\n  \"empty\": {}\n}\n";
        Assert.Equal(text, Make(text, new ConfigEdits()));
    }

    [Fact]
    public void WritesPythonsNumbersAsTheyWere()
    {
        const string text = "{\n  \"limits\": [\n    0.0,\n    Infinity,\n    -Infinity,\n    NaN\n  ],\n  \"text\": \"Infinity\"\n}\n";
        Assert.Equal(text, Make(text, new ConfigEdits()));
    }

    [Fact]
    public void DoesNotChangeTheDonor()
    {
        ModelConfig donor = Outlines.Config("""{"dtype": "float32", "n": 2}""");
        OutputConfig.Make(donor, new ConfigEdits { Dtype = "float16", Layers = [new LayerEdit("default", "n", 2, [0])] });
        Assert.Equal("""{"dtype":"float32","n":2}""", donor.Root.ToJsonString());
    }

    [Theory]
    [InlineData("""{"dtype":"float32"}""", """{"dtype":"float16"}""")]
    [InlineData("""{"torch_dtype":"float32","a":1}""", """{"torch_dtype":"float16","a":1}""")]
    [InlineData("""{"torch_dtype":null,"dtype":"x"}""", """{"torch_dtype":"float16","dtype":"float16"}""")]
    [InlineData("""{"a":1}""", """{"a":1,"torch_dtype":"float16"}""")]
    [InlineData("""{"dtype":"x","text_config":{"dtype":"x","a":{"dtype":"x"}},"other":{"dtype":"x"}}""", """{"dtype":"float16","text_config":{"dtype":"float16","a":{"dtype":"x"}},"other":{"dtype":"x"}}""")]
    public void DtypeGoesWhereTheDonorHasIt(string donor, string expected) => Equal(expected, donor, new ConfigEdits { Dtype = "float16" });

    [Fact]
    public void VocabularySizeIsSetWhereTheDonorHasIt() =>
        Equal("""{"vocab_size":7,"text_config":{"vocab_size":7},"x":5}""", """{"vocab_size":5,"text_config":{"vocab_size":6},"x":5}""",
            new ConfigEdits { VocabSize = 7, VocabSizeKeys = ["text_config.vocab_size", "vocab_size", "audio_config.vocab_size"] });

    [Fact]
    public void ListsOfLayersFollowTheLayers() =>
        Equal("""{"n":4,"layer_types":["a","b","b","c"],"mlp_only_layers":[1,2],"eos_token_id":[1,2,3],"moe_layers":[0]}""",
            """{"n":3,"layer_types":["a","b","c"],"mlp_only_layers":[1],"eos_token_id":[1,2,3],"moe_layers":[0]}""", Layers("n", 3, [0, 1, 1, 2]));

    [Fact]
    public void ListsOfAnotherPartStay() =>
        Equal("""{"layer_types":["a","b"],"text":{"n":1,"layer_types":["d"]}}""", """{"layer_types":["a","b"],"text":{"n":2,"layer_types":["c","d"]}}""", Layers("text.n", 2, [1]));

    [Fact]
    public void SameLayersChangeNothing() => Equal("""{"n":3,"first_k_dense_replace":1}""", """{"n":3,"first_k_dense_replace":1}""", Layers("n", 3, [0, 1, 2]));

    [Theory]
    [InlineData("""{"n": 3, "first_k_dense_replace": 1}""", "n", "first_k_dense_replace")]
    [InlineData("""{"n": 3}""", null, "default")]
    public void WhatCannotBeSaidIsMRG0256(string donor, string? key, string named)
    {
        Diagnostic warning = Assert.Single(OutputConfig.Make(Outlines.Config(donor), Layers(key, 3, [0, 2])).Warnings);
        Assert.Equal(("MRG0256", Severity.Warning), (warning.Code, warning.Severity));
        Assert.Contains($"'{named}'", warning.Text);
    }

    [Fact]
    public void CodeOfTheDonorIsMRG0257() =>
        Assert.Equal("MRG0257", Assert.Single(OutputConfig.Make(Outlines.Config("""{"auto_map": {"AutoModel": "modeling_x.X"}}"""), new ConfigEdits()).Warnings).Code);

    static ConfigEdits Layers(string? key, int donorLayers, int[] sources) => new() { Layers = [new LayerEdit("default", key, donorLayers, sources)] };

    static void Equal(string expected, string donor, ConfigEdits edits) => Assert.Equal(expected, JsonNode.Parse(Make(donor, edits))!.ToJsonString());

    static string Make(string donor, ConfigEdits edits)
    {
        var (text, warnings) = OutputConfig.Make(Outlines.Config(donor), edits);
        Assert.Empty(warnings);
        return text;
    }
}
