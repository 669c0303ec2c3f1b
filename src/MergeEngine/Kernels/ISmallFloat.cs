namespace MergeEngine.Kernels;

/// <summary>The numbers that tell one <see cref="SmallFloat{TLayout}"/> from another.</summary>
interface ISmallFloat
{
    /// <summary>Bits of a code, with its sign.</summary>
    static abstract int Bits { get; }

    /// <summary>Bits below the exponent.</summary>
    static abstract int MantissaBits { get; }

    static abstract int Bias { get; }

    /// <summary>Code that overflow becomes: infinity, or the largest finite value where there is none. Codes above are NaN.</summary>
    static abstract uint Largest { get; }

    /// <summary>The quiet NaN without payload.</summary>
    static abstract uint NaN { get; }
}

/// <summary>IEEE 754 binary16.</summary>
readonly struct Float16 : ISmallFloat
{
    public static int Bits => 16;
    public static int MantissaBits => 10;
    public static int Bias => 15;
    public static uint Largest => 0x7C00;
    public static uint NaN => 0x7E00;
}

/// <summary>float8_e4m3fn: no infinity; beyond 448, infinity too, becomes 448.</summary>
readonly struct Float8E4M3 : ISmallFloat
{
    public static int Bits => 8;
    public static int MantissaBits => 3;
    public static int Bias => 7;
    public static uint Largest => 0x7E;
    public static uint NaN => 0x7F;
}

/// <summary>float8_e5m2: binary16 with two bits of mantissa.</summary>
readonly struct Float8E5M2 : ISmallFloat
{
    public static int Bits => 8;
    public static int MantissaBits => 2;
    public static int Bias => 15;
    public static uint Largest => 0x7C;
    public static uint NaN => 0x7E;
}
