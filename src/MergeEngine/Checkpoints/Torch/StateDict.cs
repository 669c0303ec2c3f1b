namespace MergeEngine.Checkpoints.Torch;

/// <summary>Finds the tensors of a model in what a torch file holds.</summary>
static class StateDict
{
    /// <summary>Where training runs keep the weights, and what the names then start with. The first that is there counts.</summary>
    static readonly (string Key, string Prefix)[] Containers = [("state_dict", ""), ("model_state_dict", ""), ("module", ""), ("model", "model.")];

    /// <param name="root">The pickle's object: a dictionary, one in it, or a list of nothing but tensors, which are named by their index.</param>
    /// <param name="file">Full path, for errors.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="MergeException">MRG0268: there are none. MRG0272: one has no name.</exception>
    public static IEnumerable<(string Name, TorchTensor Tensor)> Find(object? root, string file) => root switch
    {
        PickleDict dict => Find(dict, file),
        IReadOnlyList<object?> { Count: > 0 } list when list.All(item => item is TorchTensor) =>
            list.Select((item, index) => (index.ToString(System.Globalization.CultureInfo.InvariantCulture), (TorchTensor)item!)),
        TorchTensor => throw new MergeException(Errors.NoStateDict(file, "a tensor without a name")),
        IReadOnlyList<object?> list => throw new MergeException(Errors.NoStateDict(file, $"a list of {list.Count} values")),
        _ => throw new MergeException(Errors.NoStateDict(file, "a value without tensors")),
    };

    static IEnumerable<(string, TorchTensor)> Find(PickleDict root, string file)
    {
        foreach (var (key, prefix) in Containers)
        {
            if (root.Entries.GetValueOrDefault(key) is PickleDict { HasTensors: true } inner) return Tensors(inner, prefix, file);
        }
        if (root.HasTensors) return Tensors(root, "", file);
        string[] keys = [.. root.Entries.Keys.Take(5).Select(key => key.Length <= 60 ? $"'{key}'" : $"'{key[..60]}...'")];
        throw new MergeException(Errors.NoStateDict(file, keys.Length == 0 ? "an empty dictionary" : $"a dictionary with {string.Join(", ", keys)}"));
    }

    static IEnumerable<(string, TorchTensor)> Tensors(PickleDict dict, string prefix, string file)
    {
        if (dict.OtherTensors > 0) throw new MergeException(Errors.TensorsWithoutName(file, dict.OtherTensors));
        return dict.Entries.Where(entry => entry.Value is TorchTensor).Select(entry => (prefix + entry.Key, (TorchTensor)entry.Value!));
    }
}
