namespace MergeEngine.Checkpoints.Torch;

/// <summary>What calls of allowed names give. Makes descriptions, runs nothing.</summary>
sealed class PickleCalls(PickleInput input, ParserMemory memory)
{
    const int MaxRank = 64;

    readonly Dictionary<string, TorchStorage> storages = new(StringComparer.Ordinal);

    /// <inheritdoc cref="PickleMachine.Storages"/>
    public IReadOnlyDictionary<string, TorchStorage> Storages => storages;

    public object? Call(object? function, object? arguments) => (function, arguments) switch
    {
        (TorchGlobal { Kind: GlobalKind.RebuildFromType }, object?[] and [TorchGlobal { Kind: not GlobalKind.RebuildFromType } inner, _, object?[] of, ..]) => Call(inner, of),
        (TorchGlobal { Kind: GlobalKind.RebuildParameter }, object?[] and [TorchTensor tensor, ..]) => tensor,
        (TorchGlobal { Kind: GlobalKind.RebuildTensor }, object?[] and [TorchStorage { Dtype: { } dtype } storage, long offset, object?[] extents, object?[] strides, ..]) =>
            Tensor(storage, dtype, offset, extents, strides),
        (TorchGlobal { Kind: GlobalKind.RebuildTensorWithDtype },
            object?[] and [TorchStorage storage, long offset, object?[] extents, object?[] strides, _, _, TorchGlobal { Kind: GlobalKind.Dtype, Dtype: { } dtype }, ..]) =>
            Tensor(storage, dtype, offset, extents, strides),
        (TorchGlobal { Kind: GlobalKind.Dict }, object?[] of) => Dict(of),
        (TorchGlobal { Kind: GlobalKind.Harmless }, object?[]) => PickleValues.Opaque,
        _ when function == PickleValues.Opaque => PickleValues.Opaque,
        _ => throw input.Malformed("a call whose arguments do not fit"),
    };

    /// <param name="id">('storage', class, key, device, count, ...).</param>
    public TorchStorage Storage(object? id)
    {
        if (id is not (object?[] and [string and "storage", TorchGlobal { Kind: GlobalKind.Storage } type, string key, _, long and >= 0 and var count, ..]))
            throw input.Malformed("a storage that is not described as torch does");
        if (id is object?[] and [_, _, _, _, _, not null, ..]) throw input.Malformed("a view of a storage, as torch wrote before 0.4");
        memory.Take(192);
        var storage = new TorchStorage(key, type.Dtype, count);
        storages.TryAdd(key, storage);
        return storage;
    }

    public PickleDict Dict()
    {
        memory.Take(48);
        return new(memory);
    }

    TorchTensor Tensor(TorchStorage storage, Dtype dtype, long offset, object?[] extents, object?[] strides)
    {
        if (extents.Length != strides.Length || extents.Length > MaxRank) throw input.Malformed($"a tensor with {extents.Length} extents and {strides.Length} strides");
        memory.Take(128 + 16 * extents.Length);
        return new(storage, dtype, offset, Integers(extents), Integers(strides));
    }

    long[] Integers(object?[] values) => [.. values.Select(value => value is long number ? number : throw input.Malformed("an extent or stride that is no integer of 64 bits"))];

    /// <summary>OrderedDict() or, of old writers, OrderedDict([[key, value], ...]).</summary>
    PickleDict Dict(object?[] arguments)
    {
        var dict = Dict();
        if (arguments.Length == 0) return dict;
        if (arguments[0] is not List<object?> pairs) throw NotPairs();
        // Paid again at every call: a list that is read a million times costs time.
        memory.Take(24L * pairs.Count);
        foreach (object? pair in pairs)
        {
            if (pair is not (IReadOnlyList<object?> and [var key, var value])) throw NotPairs();
            dict.Set(key, value);
        }
        return dict;
    }

    MergeException NotPairs() => input.Malformed("a dictionary that is made of something else than a list of pairs");
}
