using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Adapters;

/// <summary>Turns factors of bare parameters (<c>target_parameters</c>) into edits: stacks of experts, stored as one tensor or as one for each expert.</summary>
/// <remarks>Of E experts, A is [E · rank, in] with the expert outside, B is [out, rank · E] with the expert inside.</remarks>
sealed class ParameterUpdate(AdapterConfig config, AdapterReference adapter, ModelTensors tensors, AdapterProblems problems)
{
    /// <summary>Parameters in the order in which modules have them; the first is the innermost where several are trained.</summary>
    static readonly string[] Order = ["gate_up_proj", "gate_proj", "up_proj", "down_proj"];

    /// <summary>For each parameter the names of the expert's tensors whose rows it holds, first to last, in the two naming schemes of files.</summary>
    static readonly Dictionary<string, string[][]> PartsOf = new()
    {
        ["gate_up_proj"] = [["gate_proj", "up_proj"], ["w1", "w3"]],
        ["gate_proj"] = [["gate_proj"], ["w1"]],
        ["up_proj"] = [["up_proj"], ["w3"]],
        ["down_proj"] = [["down_proj"], ["w2"]],
    };

    /// <returns>False where the configuration names no parameter of the module.</returns>
    public bool TryAdd(AdapterModule module, TensorInfo a, TensorInfo b)
    {
        string[] names = [.. config.ParametersOf(module.Name).Where(name => name != "weight" && Exists(module, name)).OrderBy(name => Array.IndexOf(Order, name))];
        if (names.Length == 0) return false;
        if (module.Depth >= names.Length || (names.Length > 1 && !names.All(Order.Contains))) problems.Unplaced(a.Name, module.Parameter(names[0]));
        else if (module.Parts.Count > 2) problems.Incomplete(module.Name, "has more than factors, which a parameter cannot have");
        else if (Check(a, b, module.Parameter(names[^(module.Depth + 1)]))) Add(module, names[^(module.Depth + 1)], a, b);
        return true;
    }

    bool Exists(AdapterModule module, string name) => tensors.Find(module.Parameter(name)) is not null || Split(module, name).Count > 0;

    bool Check(TensorInfo a, TensorInfo b, string parameter)
    {
        int rank = config.RankOf(parameter);
        bool fits = a.Shape.Rank == 2 && b.Shape.Rank == 2 && a.Shape.Count > 0 && b.Shape.Count > 0 && a.Shape[0] == b.Shape[1] && a.Shape[0] % rank == 0;
        if (!fits) problems.Unfit(a.Name, $"{a.Shape} and {b.Shape} do not have the rank {rank} of the configuration for each expert");
        return fits;
    }

    void Add(AdapterModule module, string parameter, TensorInfo a, TensorInfo b)
    {
        float scale = (float)(adapter.Weight * config.ScaleOf(module.Parameter(parameter)));
        int rank = config.RankOf(module.Parameter(parameter)), experts = (int)(a.Shape[0] / rank);
        var stack = new ExpertFactors(StoredMatrix.Of(adapter.Path, a), StoredMatrix.Of(adapter.Path, b), rank, experts);
        if (tensors.Find(module.Parameter(parameter)) is { } fused) AddToFused(module, fused, stack, scale);
        else AddToSplit(Split(module, parameter), stack, scale);
    }

    void AddToFused(AdapterModule module, string name, ExpertFactors stack, float scale)
    {
        TensorShape shape = tensors[name].Shape;
        long[] matrix = [.. shape.Extents.TakeLast(2)];
        long experts = shape.Rank == 3 ? shape[0] : shape.Rank == 2 ? 1 : 0;
        bool fits = matrix[0] == stack.Outputs && matrix[1] == stack.Inputs, fitsTransposed = matrix[0] == stack.Inputs && matrix[1] == stack.Outputs;
        if (experts != stack.Experts || !(fits || fitsTransposed))
        {
            problems.Unfit(stack.A.Info.Name, $"and its other factor are for {stack.Experts} of [{stack.Outputs}, {stack.Inputs}], but '{name}' is {shape}");
            return;
        }
        bool transposed = fitsTransposed && (!fits || IsTransposed(module));
        tensors.Edit(name, new LowRankUpdate([.. Enumerable.Range(0, stack.Experts).Select(expert => transposed ? stack.Transposed(expert) : stack.Of(expert, 0, stack.Outputs))], scale));
    }

    /// <summary>A square matrix lies as the other one of its module, which has more outputs than inputs.</summary>
    bool IsTransposed(AdapterModule module) =>
        tensors.Find(module.Parameter("gate_up_proj")) is { } name && tensors[name].Shape is { Rank: 3 } shape && shape[1] < shape[2];

    void AddToSplit(List<string[]> experts, ExpertFactors stack, float scale)
    {
        var shapes = experts.Select(names => names.Select(name => tensors[name].Shape).ToArray()).ToArray();
        if (experts.Count != stack.Experts || Array.Exists(shapes, parts => !Array.TrueForAll(parts, part => part.Rank == 2 && part[1] == stack.Inputs) || parts.Sum(part => part[0]) != stack.Outputs))
        {
            problems.Unfit(stack.A.Info.Name, $"and its other factor are for {stack.Experts} of [{stack.Outputs}, {stack.Inputs}], but the model has {experts.Count} of {string.Join(" and ", shapes[0].AsEnumerable())}");
            return;
        }
        for (int expert = 0; expert < experts.Count; expert++)
        {
            int first = 0;
            foreach (var (name, shape) in experts[expert].Zip(shapes[expert]))
            {
                tensors.Edit(name, new LowRankUpdate([stack.Of(expert, first, (int)shape[0])], scale));
                first += (int)shape[0];
            }
        }
    }

    /// <summary>For each expert the tensors that together are its part of the parameter; empty if the model does not store it so.</summary>
    List<string[]> Split(AdapterModule module, string parameter)
    {
        List<string[]> experts = [];
        foreach (string[] parts in PartsOf.GetValueOrDefault(parameter, []))
        {
            while (parts.Select(part => tensors.Find(module.Parameter($"{experts.Count}.{part}.weight"))).ToArray() is var names && Array.TrueForAll(names, name => name is not null)) experts.Add(names!);
            if (experts.Count > 0) break;
        }
        return experts;
    }
}
