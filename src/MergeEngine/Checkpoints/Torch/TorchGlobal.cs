namespace MergeEngine.Checkpoints.Torch;

/// <summary>What a name in a pickle means. A name that is not in the list means nothing: it is reported, never looked up.</summary>
/// <param name="Kind">What a call of it does.</param>
/// <param name="Dtype">Of a storage class or a dtype.</param>
sealed record TorchGlobal(GlobalKind Kind, Dtype? Dtype = null)
{
    static readonly (string, Dtype)[] StorageNames =
    [
        ("Double", Checkpoints.Dtype.F64), ("Float", Checkpoints.Dtype.F32), ("Half", Checkpoints.Dtype.F16), ("BFloat16", Checkpoints.Dtype.BF16),
        ("Long", Checkpoints.Dtype.I64), ("Int", Checkpoints.Dtype.I32), ("Short", Checkpoints.Dtype.I16), ("Char", Checkpoints.Dtype.I8),
        ("Byte", Checkpoints.Dtype.U8), ("Bool", Checkpoints.Dtype.BOOL),
    ];

    static readonly (string, Dtype)[] DtypeNames =
    [
        ("float64", Checkpoints.Dtype.F64), ("float32", Checkpoints.Dtype.F32), ("float16", Checkpoints.Dtype.F16), ("bfloat16", Checkpoints.Dtype.BF16),
        ("float8_e4m3fn", Checkpoints.Dtype.F8_E4M3), ("float8_e5m2", Checkpoints.Dtype.F8_E5M2),
        ("int64", Checkpoints.Dtype.I64), ("int32", Checkpoints.Dtype.I32), ("int16", Checkpoints.Dtype.I16), ("int8", Checkpoints.Dtype.I8),
        ("uint64", Checkpoints.Dtype.U64), ("uint32", Checkpoints.Dtype.U32), ("uint16", Checkpoints.Dtype.U16), ("uint8", Checkpoints.Dtype.U8),
        ("bool", Checkpoints.Dtype.BOOL),
    ];

    static readonly (string, GlobalKind)[] Functions =
    [
        ("torch.Tensor", GlobalKind.TensorClass),
        ("torch.nn.parameter.Parameter", GlobalKind.TensorClass),
        ("collections.OrderedDict", GlobalKind.Dict),
        ("torch._utils._rebuild_tensor", GlobalKind.RebuildTensor),
        ("torch._utils._rebuild_tensor_v2", GlobalKind.RebuildTensor),
        ("torch._utils._rebuild_tensor_v3", GlobalKind.RebuildTensorWithDtype),
        ("torch._utils._rebuild_parameter", GlobalKind.RebuildParameter),
        ("torch._utils._rebuild_parameter_with_state", GlobalKind.RebuildParameter),
        ("torch._tensor._rebuild_from_type_v2", GlobalKind.RebuildFromType),
    ];

    /// <summary>Side data of training runs; calls of them give nothing.</summary>
    static readonly string[] Harmless =
    [
        "torch.Size", "torch.device", "_codecs.encode",
        "numpy.dtype", "numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar",
    ];

    // After the tables that it is made from.
    static readonly Dictionary<string, TorchGlobal> Allowed = Names().ToDictionary(StringComparer.Ordinal);

    /// <param name="name">Module and name with a dot between them.</param>
    public static TorchGlobal? Find(string name) => Allowed.GetValueOrDefault(name);

    static IEnumerable<KeyValuePair<string, TorchGlobal>> Names()
    {
        foreach (var (name, dtype) in StorageNames) yield return new($"torch.{name}Storage", new(GlobalKind.Storage, dtype));
        foreach (var (name, dtype) in DtypeNames) yield return new($"torch.{name}", new(GlobalKind.Dtype, dtype));
        foreach (string name in (string[])["torch.storage.UntypedStorage", "torch.UntypedStorage", "torch.storage._UntypedStorage"]) yield return new(name, new(GlobalKind.Storage));
        foreach (var (name, kind) in Functions) yield return new(name, new(kind));
        foreach (string name in Harmless) yield return new(name, new(GlobalKind.Harmless));
    }
}
