using MergeEngine.Checkpoints;

namespace MergeBench;

/// <summary>Extents of a Llama-like model, by the name that the command line takes.</summary>
sealed record ModelShape(string Name, int Hidden, int Intermediate, int Layers, int Heads, int KeyValueHeads, int Vocabulary)
{
    public static IReadOnlyList<ModelShape> All { get; } =
    [
        new("tinyllama", 2048, 5632, 22, 32, 4, 32000),   // 1.10 G parameters, 2.2 GB in bfloat16
        new("7b-layers", 4096, 11008, 4, 32, 32, 32000),  // four layers of a 7B model: 1.07 G parameters
        new("micro", 256, 688, 4, 8, 4, 1000),            // 3 M parameters
    ];

    public IEnumerable<(string Name, TensorShape Shape)> Tensors()
    {
        yield return ("lm_head.weight", new(Vocabulary, Hidden));
        yield return ("model.embed_tokens.weight", new(Vocabulary, Hidden));
        for (int layer = 0; layer < Layers; layer++)
        {
            foreach (var (name, shape) in Layer())
                yield return ($"model.layers.{layer}.{name}.weight", shape);
        }
        yield return ("model.norm.weight", new(Hidden));
    }

    IEnumerable<(string Name, TensorShape Shape)> Layer()
    {
        int keyValue = Hidden / Heads * KeyValueHeads;
        yield return ("input_layernorm", new(Hidden));
        yield return ("mlp.down_proj", new(Hidden, Intermediate));
        yield return ("mlp.gate_proj", new(Intermediate, Hidden));
        yield return ("mlp.up_proj", new(Intermediate, Hidden));
        yield return ("post_attention_layernorm", new(Hidden));
        yield return ("self_attn.k_proj", new(keyValue, Hidden));
        yield return ("self_attn.o_proj", new(Hidden, Hidden));
        yield return ("self_attn.q_proj", new(Hidden, Hidden));
        yield return ("self_attn.v_proj", new(keyValue, Hidden));
    }

    /// <summary>The config.json of a model of this shape.</summary>
    public object Config() => new
    {
        architectures = new[] { "LlamaForCausalLM" },
        model_type = "llama",
        hidden_size = Hidden,
        intermediate_size = Intermediate,
        num_hidden_layers = Layers,
        num_attention_heads = Heads,
        num_key_value_heads = KeyValueHeads,
        vocab_size = Vocabulary,
        max_position_embeddings = 2048,
        rms_norm_eps = 1e-5,
        rope_theta = 10000.0,
        hidden_act = "silu",
        tie_word_embeddings = false,
        bos_token_id = 1,
        eos_token_id = 2,
        torch_dtype = "bfloat16",
    };
}
