namespace MergeEngine.Adapters;

/// <summary>Collects what is wrong with the tensors of one adapter, for one finding a kind.</summary>
sealed class AdapterProblems
{
    readonly List<string> unknown = [], unplaced = [], missing = [], unfit = [];

    /// <summary>A name that no part of LoRA has.</summary>
    public void Unknown(string tensor) => unknown.Add(tensor);

    /// <summary>The model has nothing of that name.</summary>
    public void Unplaced(string tensor, string wanted) => unplaced.Add($"'{tensor}' (wanted {string.Join(" or ", ModelTensors.Spellings(wanted).Take(2).Select(name => $"'{name}'"))})");

    /// <summary>A module lacks a part, or has one that does not belong to it.</summary>
    public void Incomplete(string module, string what) => missing.Add($"'{module}' {what}");

    /// <summary>Shape, rank or kind of element.</summary>
    public void Unfit(string tensor, string why) => unfit.Add($"'{tensor}' {why}");

    public IEnumerable<Diagnostic> Report(OpenAdapter adapter, string model)
    {
        var file = new SourcePosition(adapter.Checkpoint.Files[0]);
        if (unknown.Count > 0) yield return Errors.AdapterTensorsUnknown(file, unknown);
        if (unplaced.Count > 0) yield return Errors.AdapterTensorsUnplaced(file, model, unplaced);
        if (missing.Count > 0) yield return Errors.AdapterIncomplete(file, missing);
        if (unfit.Count > 0) yield return Errors.AdapterUnfit(file, model, unfit);
    }
}
