namespace MergeEngine.Checkpoints.Torch;

/// <summary>Turns a pickle's tensors into places of bytes, or says what does not fit. Every byte of a tensor is then known to be in its storage.</summary>
/// <param name="file">Full path.</param>
/// <param name="fileLength">Bytes.</param>
/// <param name="places">Storages by key; null after an error, which is added.</param>
/// <param name="memory">Pays for the tensors.</param>
sealed class TensorPlacement(string file, long fileLength, Func<TorchStorage, List<Diagnostic>, StoragePlace?> places, ParserMemory memory)
{
    const int MaxErrors = 100, TensorCost = 448;

    /// <summary>A tensor that repeats its elements may be longer than its file, but not endless.</summary>
    const long MostRepeated = 1L << 30;

    readonly List<Diagnostic> errors = [];

    /// <exception cref="MergeException">MRG0224, MRG0262, MRG0269, MRG0270, MRG0273, MRG0274: all errors, at most about 100.</exception>
    public IReadOnlyList<TensorInfo> Place(IEnumerable<(string Name, TorchTensor Tensor)> tensors)
    {
        List<TensorInfo> placed = [];
        foreach (var (name, tensor) in tensors)
        {
            memory.Take(TensorCost + 2 * name.Length + 32 * tensor.Extents.Length);
            if (Place(name, tensor) is { } info) placed.Add(info);
            if (errors.Count >= MaxErrors) break;
        }
        return errors.Count == 0 ? placed : throw new MergeException(errors);
    }

    TensorInfo? Place(string name, TorchTensor tensor)
    {
        if (Shape(name, tensor) is not { } shape || places(tensor.Storage, errors) is not { } storage) return null;
        int size = tensor.Dtype.Size();
        if (Beyond(tensor, shape, storage.Length / size))
        {
            errors.Add(Errors.ViewBeyondStorage(file, name, shape, tensor.Strides, tensor.Offset, storage.Length / size));
            return null;
        }
        long length = shape.Count * size;
        if (length > Math.Max(fileLength, MostRepeated) && length > storage.Length) errors.Add(Errors.RepeatedTensorTooLarge(file, name, shape, storage.Length));
        return new(name, tensor.Dtype, shape, file, storage.Offset + (shape.Count == 0 ? 0 : tensor.Offset * size), length)
        {
            Strides = TensorStrides.Of(shape, tensor.Strides),
            Deflated = storage.Deflated,
        };
    }

    TensorShape? Shape(string name, TorchTensor tensor)
    {
        if (tensor.Offset < 0 || tensor.Extents.Any(extent => extent < 0) || tensor.Strides.Any(stride => stride < 0))
        {
            errors.Add(Errors.NegativeView(file, name, tensor.Extents, tensor.Strides, tensor.Offset));
            return null;
        }
        try
        {
            var shape = new TensorShape(tensor.Extents);
            if (shape.Count <= long.MaxValue / tensor.Dtype.Size()) return shape;
        }
        catch (OverflowException)
        {
            // The same error as a number of bytes that overflows.
        }
        errors.Add(Errors.ShapeTooLarge(file, name, tensor.Extents));
        return null;
    }

    static bool Beyond(TorchTensor tensor, TensorShape shape, long count)
    {
        if (shape.Count == 0) return false;
        try
        {
            long last = tensor.Offset;
            for (int i = 0; i < shape.Rank; i++) last = checked(last + (shape[i] - 1) * tensor.Strides[i]);
            return last >= count;
        }
        catch (OverflowException)
        {
            return true;
        }
    }
}
