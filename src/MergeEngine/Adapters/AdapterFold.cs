using System.Collections.Immutable;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Adapters;

/// <summary>Puts one adapter on a model, from headers alone: every tensor of the adapter finds its place or is an error.</summary>
/// <remarks>In a module, replacements come first, then updates and lengths, then single rows. Source: methods-b B-01; FORMAT.md.</remarks>
sealed class AdapterFold(OpenAdapter adapter, AdapterReference reference, ModelTensors tensors)
{
    readonly AdapterProblems problems = new();

    AdapterConfig Config => adapter.Config;

    /// <param name="position">Where the recipe names the adapter.</param>
    /// <exception cref="MergeException">MRG0285: a pattern takes too long.</exception>
    public IEnumerable<Diagnostic> Run(SourcePosition position)
    {
        if (Config.MutatingInitialisation is { } name && !reference.BaseIsMutated) return [Errors.BaseIsMutated(position, reference.Path, name)];
        if (Config.UseMagnitudes && reference.Weight != 1) return [Errors.WeightOfMagnitudes(position, reference.Path)];
        List<AdapterModule> modules = [];
        foreach (var group in Keys().GroupBy(entry => (entry.Key.Module, entry.Key.Depth, IsReplacement: entry.Key.Part == AdapterPart.Replacement)))
        {
            foreach (var twice in group.GroupBy(entry => entry.Key.Part).Where(same => same.Count() > 1))
                problems.Incomplete(group.Key.Module, $"has {string.Join(" and ", twice.Select(entry => $"'{entry.Info.Name}'"))} for one part");
            if (group.Key.IsReplacement) Replace(group.Key.Module, group.First().Info);
            else modules.Add(new(group.Key.Module, group.Key.Depth, group.DistinctBy(entry => entry.Key.Part).ToDictionary(entry => entry.Key.Part, entry => entry.Info)));
        }
        var updates = new ModuleUpdate(Config, reference, tensors, problems);
        foreach (AdapterModule module in modules) updates.Add(module);
        foreach (AdapterModule module in modules) ReplaceRows(module);
        return Config.Warnings.Concat(problems.Report(adapter, tensors.Model));
    }

    List<(AdapterKey Key, TensorInfo Info)> Keys()
    {
        List<(AdapterKey, TensorInfo)> keys = [];
        foreach (TensorInfo info in adapter.Checkpoint.Tensors.Values)
        {
            if (AdapterKey.TryParse(info.Name) is not { } key) problems.Unknown(info.Name);
            else if (info.Shape.Count > Array.MaxLength / sizeof(float) && key.Part != AdapterPart.Replacement) problems.Unfit(info.Name, $"has {info.Shape.Count} elements, more than can be held");
            else if (key.Part != AdapterPart.Replacement && !info.Dtype.IsFloat()) problems.Unfit(info.Name, $"is {info.Dtype}, not floating-point");
            else keys.Add((key, info));
        }
        return [.. keys.OrderByDescending(entry => entry.Item1.Part == AdapterPart.Replacement)];
    }

    void Replace(string name, TensorInfo by)
    {
        if (tensors.Find(name) is not { } found)
        {
            problems.Unplaced(by.Name, name);
            return;
        }
        PlannedTensor tensor = tensors[found];
        bool resized = tensors.IsEmbedding(found) && by.Shape.Rank == 2 && tensor.Shape.Rank == 2 && by.Shape[1] == tensor.Shape[1];
        if (!by.Shape.Equals(tensor.Shape) && !resized) problems.Unfit(by.Name, $"is {by.Shape} against {tensor.Shape}");
        else if (by.Dtype.IsFloat() != tensor.Dtype.IsFloat() || (!by.Dtype.IsFloat() && by.Dtype != tensor.Dtype)) problems.Unfit(by.Name, $"is {by.Dtype} against {tensor.Dtype}");
        else tensors.Edit(found, new Replacement(new StoredTensor(reference.Path, by, by.Shape)));
    }

    void ReplaceRows(AdapterModule module)
    {
        if (module[AdapterPart.TrainedRows] is not { } rows) return;
        ImmutableArray<int> tokens = [.. Config.TokensOf(module.Name)];
        if (tensors.Find(module.Parameter("weight")) is not { } found) problems.Unplaced(rows.Name, module.Parameter("weight"));
        else if (WhyNot(tokens, rows.Shape, tensors[found].Shape) is { } why) problems.Unfit(rows.Name, why);
        else if (tokens.Length > 0) tensors.Edit(found, new TrainedRows(StoredMatrix.Of(reference.Path, rows), tokens));
    }

    static string? WhyNot(ImmutableArray<int> tokens, TensorShape rows, TensorShape table) =>
        table.Rank != 2 || rows.Rank != 2 || rows[1] != table[1] ? $"is {rows} against {table}"
        : rows[0] != tokens.Length ? $"has {rows[0]} rows, but the configuration names {tokens.Length} tokens"
        : tokens.Distinct().Count() < tokens.Length ? "has two rows for one token"
        : tokens.Any(token => token >= table[0]) ? $"is for token {tokens.Max()}, but the model has {table[0]}"
        : null;
}
