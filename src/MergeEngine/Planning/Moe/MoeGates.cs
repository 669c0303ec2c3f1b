using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>Makes the gates of a mixture: a matrix with a row per expert and a column per hidden element.</summary>
/// <param name="hiddenSize">Columns.</param>
/// <param name="embed">Gives the rows of experts whose gates are made of prompts.</param>
sealed class MoeGates(GateMode mode, long hiddenSize, ulong seed, Func<IReadOnlyList<MoeExpert>, PlannedTensor?> embed)
{
    const string Purpose = "moe.gate";

    readonly Dictionary<IReadOnlyList<MoeExpert>, PlannedTensor?> embedded = [];

    /// <param name="name">Name of the output tensor.</param>
    /// <returns>Null after an error.</returns>
    public PlannedTensor? Of(string name, IReadOnlyList<MoeExpert> experts)
    {
        var shape = new TensorShape(experts.Count, hiddenSize);
        PhiloxStream stream = PhiloxStream.Of(seed, name, 0, Purpose);
        return mode switch
        {
            GateMode.Random => new DrawnTensor(name, shape, Dtype.F32, Distribution.Normal, 1, stream),
            GateMode.UniformRandom => new DrawnTensor(name, shape, Dtype.F32, Distribution.Uniform, Math.Sqrt(1.0 / hiddenSize), stream),
            _ => Embedded(experts),
        };
    }

    /// <summary>The same in every layer.</summary>
    PlannedTensor? Embedded(IReadOnlyList<MoeExpert> experts)
    {
        if (!embedded.TryGetValue(experts, out PlannedTensor? gates)) embedded.Add(experts, gates = embed(experts));
        return gates;
    }
}
