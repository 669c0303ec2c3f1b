using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>Passthrough: the tensor of one model, unchanged or times a number. Stacks of layers are made of it.</summary>
/// <remarks>
/// <para>merged = θ, or θ · scale where a scale is given. Without a scale the stored bytes are copied.</para>
/// <para>Source: mergekit 0.1.4, passthrough.</para>
/// </remarks>
public sealed class Passthrough : IMergeMethod
{
    /// <summary>Factor of the tensor.</summary>
    static readonly Parameter Scale = new("scale", PerModel: true) { Optional = true };

    public MethodSpec Spec { get; } = new("passthrough", "Passthrough", "mergekit 0.1.4", [Scale]) { BaseIsInput = true, MaxModels = 1 };

    public LazyTensor Merge(MergeInputs inputs)
    {
        var model = inputs.Models[0];
        return double.IsNaN(model[Scale]) ? model.Tensor : model.Tensor * model[Scale];
    }
}
