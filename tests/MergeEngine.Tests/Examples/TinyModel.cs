using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Tests.Examples;

/// <summary>Writes checkpoints with the layers and names of published models and rows of a few elements.</summary>
/// <param name="Class">Class of the model, such as LlamaForCausalLM.</param>
/// <param name="Type">Its <c>model_type</c>.</param>
/// <param name="Layers">Number of layers, as the published model has.</param>
/// <param name="Dtype">Element type.</param>
sealed record TinyModel(string Class, string Type, int Layers, Dtype Dtype)
{
    const int Hidden = 16, Intermediate = 24, KeyValue = 8, Vocabulary = 16;

    /// <summary>Llama 2 of 13B: 40 layers in float16.</summary>
    public static TinyModel Llama13B { get; } = new("LlamaForCausalLM", "llama", 40, Dtype.F16);

    /// <summary>Mistral of 7B: 32 layers in bfloat16.</summary>
    public static TinyModel Mistral7B { get; } = new("MistralForCausalLM", "mistral", 32, Dtype.BF16);

    public IEnumerable<(string Name, Dtype Dtype, TensorShape Shape)> Tensors =>
    [
        ("model.embed_tokens.weight", Dtype, new(Vocabulary, Hidden)),
        .. Enumerable.Range(0, Layers).SelectMany(_ => Layer, (layer, tensor) => ($"model.layers.{layer}.{tensor.Name}.weight", Dtype, tensor.Shape)),
        ("model.norm.weight", Dtype, new(Hidden)),
        ("lm_head.weight", Dtype, new(Vocabulary, Hidden)),
    ];

    static (string Name, TensorShape Shape)[] Layer =>
    [
        ("input_layernorm", new(Hidden)), ("mlp.down_proj", new(Hidden, Intermediate)), ("mlp.gate_proj", new(Intermediate, Hidden)), ("mlp.up_proj", new(Intermediate, Hidden)),
        ("post_attention_layernorm", new(Hidden)), ("self_attn.k_proj", new(KeyValue, Hidden)), ("self_attn.o_proj", new(Hidden, Hidden)),
        ("self_attn.q_proj", new(Hidden, Hidden)), ("self_attn.v_proj", new(KeyValue, Hidden)),
    ];

    /// <param name="directory">A new folder.</param>
    /// <param name="seed">Other numbers for every model.</param>
    public void Write(string directory, ulong seed)
    {
        Directory.CreateDirectory(directory);
        var tensors = Tensors.ToList();
        using (var writer = new CheckpointWriter(directory, OutputLayout.Create(tensors, 0)))
        {
            for (int i = 0; i < tensors.Count; i++) writer.Write(i, 0, Numbers(tensors[i].Name, tensors[i].Shape.Count, seed));
            writer.Complete();
        }
        File.WriteAllText(Path.Combine(directory, "config.json"), $$"""
            {
              "architectures": ["{{Class}}"], "model_type": "{{Type}}", "num_hidden_layers": {{Layers}}, "hidden_size": {{Hidden}}, "intermediate_size": {{Intermediate}},
              "num_attention_heads": 2, "num_key_value_heads": 1, "vocab_size": {{Vocabulary}}, "tie_word_embeddings": false, "torch_dtype": "{{(Dtype == Dtype.F16 ? "float16" : "bfloat16")}}"
            }
            """);
    }

    byte[] Numbers(string tensor, long count, ulong seed)
    {
        float[] values = new float[count];
        new ScalarKernels().Uniform(PhiloxStream.Of(seed, tensor, 0, "tiny"), 0, values);
        byte[] bytes = new byte[count * Dtype.Size()];
        new ScalarKernels().Encode(Dtype, [.. values.Select(value => value - 0.5f)], bytes);
        return bytes;
    }
}
