namespace MergeEngine.Checkpoints;

/// <summary>The fields of one tensor's entry while it is read; null where missing or wrong.</summary>
struct TensorFields
{
    static readonly string[] Names = ["dtype", "shape", "data_offsets"];

    int seen;

    public Dtype? Dtype { get; set; }

    public long[]? Shape { get; set; }

    public long[]? Offsets { get; set; }

    /// <returns>False if a known key comes for the second time.</returns>
    public bool Saw(string key)
    {
        int index = Array.IndexOf(Names, key);
        if (index < 0) return true;
        bool first = (seen & (1 << index)) == 0;
        seen |= 1 << index;
        return first;
    }

    public readonly void AddMissing(string file, string tensor, List<Diagnostic> errors)
    {
        for (int i = 0; i < Names.Length; i++)
        {
            if ((seen & (1 << i)) == 0) errors.Add(Errors.TensorKeyMissing(file, tensor, Names[i]));
        }
    }

    /// <summary>Checks that the fields agree.</summary>
    /// <returns>Null after an error, which is added.</returns>
    public readonly HeaderEntry? ToEntry(string file, string tensor, List<Diagnostic> errors)
    {
        var dtype = Dtype!.Value;
        if (SizedShape(dtype) is not { } shape) errors.Add(Errors.ShapeTooLarge(file, tensor, Shape!));
        else if (Offsets is not [long begin, long end]) errors.Add(Errors.OffsetsNotIntegers(file, tensor, $"{Offsets!.Length} numbers"));
        else if (begin > end) errors.Add(Errors.OffsetsReversed(file, tensor, begin, end));
        else if (end - begin != shape.Count * dtype.Size()) errors.Add(Errors.SizeMismatch(file, tensor, dtype, shape, end - begin));
        else return new HeaderEntry(tensor, dtype, shape, begin, end);
        return null;
    }

    /// <returns>Null if elements or bytes cannot be counted in a long.</returns>
    readonly TensorShape? SizedShape(Dtype dtype)
    {
        try
        {
            var shape = new TensorShape(Shape);
            return shape.Count <= long.MaxValue / dtype.Size() ? shape : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
