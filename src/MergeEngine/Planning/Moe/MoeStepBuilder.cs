using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>Makes the steps of a mixture of experts: what is not of an MLP from the base, the MLPs from the experts, and gates.</summary>
/// <param name="dtype">Element type of the output; null: that of the tensor.</param>
sealed class MoeStepBuilder(MoeRecipe recipe, RecipeModels models, MoeTarget target, Dtype? dtype, ulong seed, MoeGates gates, TensorProblems problems)
{
    const string Mlp = ".mlp.", Noise = "moe.noise";

    static readonly IReadOnlyDictionary<string, double> None = new Dictionary<string, double>();
    static readonly IReadOnlyDictionary<string, Setting> NoSettings = new Dictionary<string, Setting>();

    readonly Dictionary<string, string> unfit = new(StringComparer.Ordinal);
    readonly ArchitectureModule module = models.Architecture.Modules[0];
    readonly int layers = models.Architecture.Modules[0].LayerCount(models.Donor.Config);
    readonly MoeSource based = new(recipe.Base!.Value, models.Donor);

    /// <inheritdoc cref="StepBuilder.Unfit"/>
    public IReadOnlyDictionary<string, string> Unfit => unfit;

    /// <summary>In the order of the dense architecture.</summary>
    public IEnumerable<MergeStep> Build()
    {
        foreach (MergeStep step in module.Pre.SelectMany(template => OfBase(template, 0))) yield return step;
        for (int layer = 0; layer < layers; layer++)
        {
            foreach (MergeStep step in module.Layer.Where(template => !IsMlp(template)).SelectMany(template => OfBase(template, layer))) yield return step;
            foreach (MergeStep step in OfExperts(layer)) yield return step;
        }
        foreach (MergeStep step in module.Post.SelectMany(template => OfBase(template, 0))) yield return step;
    }

    static bool IsMlp(TensorTemplate template) => template.Name.Contains(Mlp, StringComparison.Ordinal);

    IEnumerable<MergeStep> OfBase(TensorTemplate template, int layer)
    {
        string name = template.NameFor(layer, layers);
        if (!target.Has(name) || Find(based, template, layer) is not { } tensor) yield break;
        yield return Step(name, based, tensor, -1);
        if (!target.NeedsAttentionBiases || !IsWithBias(name) || tensor.Shape.Rank != 2) yield break;
        string bias = name[..^"weight".Length] + "bias";
        if (!models.Donor.Checkpoint.Tensors.ContainsKey(bias))
            yield return Step(bias, based, new ConstantTensor(bias, new TensorShape(tensor.Shape[0]), tensor.Dtype, 0), -1);
    }

    static bool IsWithBias(string name) => name.EndsWith(".q_proj.weight", StringComparison.Ordinal)
        || name.EndsWith(".k_proj.weight", StringComparison.Ordinal) || name.EndsWith(".v_proj.weight", StringComparison.Ordinal);

    IEnumerable<MergeStep> OfExperts(int layer)
    {
        TensorTemplate[] templates = [.. module.Layer.Where(template => IsMlp(template) && !template.Optional)];
        string first = templates[0].NameFor(layer, layers), prefix = first[..first.IndexOf(Mlp, StringComparison.Ordinal)];
        if (Gate(target.RouterName(prefix), recipe.Experts) is { } router) yield return router;
        for (int i = 0; i < recipe.Experts.Count; i++)
        {
            foreach (MergeStep step in OfExpert(recipe.Experts[i], templates, layer, i, tensor => target.ExpertName(prefix, i, tensor))) yield return step;
        }
        for (int i = 0; i < recipe.SharedExperts.Count; i++)
        {
            foreach (MergeStep step in OfExpert(recipe.SharedExperts[i], templates, layer, recipe.Experts.Count + i, tensor => target.SharedName(prefix, tensor)!)) yield return step;
        }
        if (recipe.SharedExperts.Count > 0 && target.SharedGateName(prefix) is { } name && Gate(name, recipe.SharedExperts) is { } gate) yield return gate;
    }

    IEnumerable<MergeStep> OfExpert(MoeExpert expert, TensorTemplate[] templates, int layer, int index, Func<string, string> nameOf)
    {
        var source = new MoeSource(expert.Model, models[expert.Model.Value]);
        foreach (TensorTemplate template in templates)
        {
            string dense = template.NameFor(layer, layers);
            if (Find(source, template, layer) is not { } tensor) continue;
            string name = nameOf(dense[(dense.IndexOf(Mlp, StringComparison.Ordinal) + Mlp.Length)..]);
            MergeStep step = Step(name, source, tensor, index);
            if (Find(based, template, layer) is { } own && !own.Shape.Equals(tensor.Shape)) problems.Shape(source.AsPlanSource(layers, NoSettings), step.Sources[0], Source(based, own, -1));
            yield return step with { Sources = [step.Sources[0] with { Tensor = Changed(tensor, expert, name, index, dense.Contains(".down_proj.", StringComparison.Ordinal)) }] };
        }
    }

    PlannedTensor Changed(PlannedTensor tensor, MoeExpert expert, string name, int index, bool isResidual)
    {
        if (expert.NoiseScale is { } noise) tensor = new NoisyTensor(tensor, noise.Value, PhiloxStream.Of(seed, name, index, Noise));
        return isResidual && expert.ResidualScale is { } scale ? new ScaledTensor(tensor, scale.Value) : tensor;
    }

    MergeStep? Gate(string name, IReadOnlyList<MoeExpert> experts) => gates.Of(name, experts) is { } tensor ? Step(name, based, tensor, -1) : null;

    /// <returns>Null for an optional tensor that the model does not store, and after an error.</returns>
    PlannedTensor? Find(MoeSource source, TensorTemplate template, int layer)
    {
        if (template.Optional && template.FindOwnIn(source.Opened.Checkpoint.Tensors, layer, layers) is null) return null;
        TensorInfo? found = template.FindIn(source.Opened.Checkpoint.Tensors, layer, layers);
        if (found is null) problems.Missing(source.AsPlanSource(layers, NoSettings), template.NameFor(layer, layers));
        PlannedTensor? tensor = found is null ? null : source.Opened.Planned(source.Name, found);
        if (tensor?.Result is { IsTooLarge: true }) unfit.TryAdd(source.Model.Value.Path, StepBuilder.TooLarge);
        return tensor;
    }

    MergeStep Step(string name, MoeSource source, PlannedTensor tensor, int index) =>
        new(name, tensor.Shape, tensor.Dtype.IsFloat() ? dtype ?? tensor.Dtype : tensor.Dtype, null, [Source(source, tensor, index)], None);

    static StepSource Source(MoeSource source, PlannedTensor tensor, int index) => new(source.Name, tensor, index < 0, index, None);
}
