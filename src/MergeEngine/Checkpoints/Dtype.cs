namespace MergeEngine.Checkpoints;

/// <summary>Element types of the safetensors format that MergeSdk reads and writes.</summary>
public enum Dtype : byte
{
    F64,
    F32,
    F16,
    BF16,
    F8_E4M3,
    F8_E5M2,
    I64,
    I32,
    I16,
    I8,
    U64,
    U32,
    U16,
    U8,
    BOOL,
}

public static class DtypeExtensions
{
    /// <summary>Bytes per element.</summary>
    public static int Size(this Dtype dtype) => dtype switch
    {
        Dtype.F64 or Dtype.I64 or Dtype.U64 => 8,
        Dtype.F32 or Dtype.I32 or Dtype.U32 => 4,
        Dtype.F16 or Dtype.BF16 or Dtype.I16 or Dtype.U16 => 2,
        _ => 1,
    };

    /// <summary>True for the types that are merged; the others are copied.</summary>
    public static bool IsFloat(this Dtype dtype) => dtype <= Dtype.F8_E5M2;
}
