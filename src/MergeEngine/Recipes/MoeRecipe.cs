using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Builds one mixture-of-experts model of dense models, in the language of mergekit-moe.</summary>
public sealed record MoeRecipe : Recipe
{
    static readonly MethodSpec Moe = new("moe", "Mixture of Experts", "mergekit-moe 0.1.4", []) { NeedsBase = true };

    /// <summary>At least one.</summary>
    public required IReadOnlyList<MoeExpert> Experts { get; init; }

    /// <summary>Experts that see every token.</summary>
    public required IReadOnlyList<MoeExpert> SharedExperts { get; init; }

    public required Placed<GateMode> GateMode { get; init; }

    /// <summary>Experts that a token is sent to; at least 1, at most all.</summary>
    public required Placed<int> ExpertsPerToken { get; init; }

    /// <summary>Start of the name of the output's architecture; null: the first that takes the models.</summary>
    public Placed<string>? Architecture { get; init; }

    /// <summary>Type of the output; null: that of the base's configuration.</summary>
    public Placed<Dtype>? Dtype { get; init; }

    /// <summary>Ours, for a flag of mergekit: all experts may be one model, to be trained afterwards.</summary>
    public Placed<bool>? AllowAllSame { get; init; }

    /// <inheritdoc cref="MergeRecipe.AllowNonfinite"/>
    public Placed<bool>? AllowNonfinite { get; init; }

    /// <inheritdoc cref="MergeRecipe.AllowDroppedTensors"/>
    public Placed<bool>? AllowDroppedTensors { get; init; }

    public override MethodSpec Spec => Moe;

    public override string FileName => "mergekit_moe_config.yml";

    /// <summary>Those that the router chooses from, then the shared ones.</summary>
    public IEnumerable<MoeExpert> AllExperts => Experts.Concat(SharedExperts);

    private protected override YamlMap Canonical => CanonicalMoe.NodeOf(this);

    private protected override IEnumerable<Placed<ModelReference>> ModelsAsWritten => AllExperts.Select(expert => expert.Model).Prepend(Base!.Value);
}
