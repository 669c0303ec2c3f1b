namespace MergeEngine.Checkpoints.Torch;

/// <summary>A dictionary of a pickle. Entries under strings are kept; of others only the tensors are counted.</summary>
sealed class PickleDict(ParserMemory memory)
{
    const int EntryCost = 128;

    Dictionary<string, object?>? entries;

    public IReadOnlyDictionary<string, object?> Entries => entries ?? [];

    /// <summary>Tensors whose key is no string.</summary>
    public int OtherTensors { get; private set; }

    public bool HasTensors => OtherTensors > 0 || Entries.Values.Any(value => value is TorchTensor);

    public void Set(object? key, object? value)
    {
        if (key is string name)
        {
            if (entries is null || !entries.ContainsKey(name)) memory.Take(entries is null ? 3 * EntryCost : EntryCost);
            (entries ??= new(StringComparer.Ordinal))[name] = value;
        }
        else if (value is TorchTensor)
        {
            OtherTensors++;
        }
    }
}
