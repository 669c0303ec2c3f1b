namespace MergeEngine.Checkpoints.Torch;

/// <summary>What a name of the allow-list is.</summary>
enum GlobalKind
{
    /// <summary>A class or function without effect; what it makes is not looked at.</summary>
    Harmless,

    /// <summary>The class of a tensor; only named, never called.</summary>
    TensorClass,

    /// <summary>A storage class.</summary>
    Storage,

    /// <summary>An element type.</summary>
    Dtype,

    /// <summary>The class of ordered dictionaries.</summary>
    Dict,

    /// <summary>(storage, offset, extents, strides, ...).</summary>
    RebuildTensor,

    /// <summary>The same with the dtype as seventh argument.</summary>
    RebuildTensorWithDtype,

    /// <summary>(tensor, ...).</summary>
    RebuildParameter,

    /// <summary>(function, class, arguments of the function, state).</summary>
    RebuildFromType,
}
