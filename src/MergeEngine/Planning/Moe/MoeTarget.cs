using System.Text.Json.Nodes;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>A mixture-of-experts architecture that dense models can become: which models it takes, its tensor names and its configuration.</summary>
/// <remarks>One matrix per expert, as published checkpoints, converters and inference tools have it; transformers reads it too.</remarks>
abstract class MoeTarget
{
    /// <summary>The first that takes the models is taken.</summary>
    public static IReadOnlyList<MoeTarget> All { get; } = [new MixtralTarget(), new DeepSeekTarget(), new Qwen2MoeTarget(), new Qwen3MoeTarget()];

    /// <summary>A recipe's <c>architecture</c> is the start of it.</summary>
    public abstract string Name { get; }

    /// <summary>Names of the dense architectures that it takes.</summary>
    protected abstract string[] Takes { get; }

    /// <summary>Missing biases of attention are written as zeros.</summary>
    public virtual bool NeedsAttentionBiases => false;

    /// <param name="architecture">Name of the architecture that the models share.</param>
    /// <returns>Why it cannot hold the models; null: it can.</returns>
    public string? Refuse(MoeRecipe recipe, string architecture) => Takes.Contains(architecture)
        ? RefuseShared(recipe)
        : $"{Name} takes models of the architecture {string.Join(" or ", Takes)}, and these are {architecture}";

    /// <summary>Whether it has a tensor of the base that is not of the MLP.</summary>
    public virtual bool Has(string tensor) => true;

    /// <param name="layer">Name of a layer, such as <c>model.layers.0</c>.</param>
    /// <param name="tensor">A tensor of the dense MLP, such as <c>gate_proj.weight</c>.</param>
    public virtual string ExpertName(string layer, int expert, string tensor) => $"{layer}.mlp.experts.{expert}.{tensor}";

    public virtual string RouterName(string layer) => $"{layer}.mlp.gate.weight";

    /// <summary>Null where there are no shared experts.</summary>
    public virtual string? SharedName(string layer, string tensor) => null;

    /// <summary>Null where a shared expert has no gate.</summary>
    public virtual string? SharedGateName(string layer) => null;

    /// <summary>Keys of config.json that are not the dense model's.</summary>
    /// <param name="innerSize">Rows of an expert's up projection.</param>
    public abstract IEnumerable<(string Key, JsonNode? Value)> Config(MoeRecipe recipe, long innerSize);

    protected virtual string? RefuseShared(MoeRecipe recipe) => recipe.SharedExperts.Count == 0 ? null : $"{Name} has no shared experts";
}
