using System.Numerics;

namespace MergeEngine.Kernels;

/// <summary>A float format with fewer exponent bits than float32: exact decoding, encoding to nearest even.</summary>
/// <remarks>Below the normal range the float32 unit itself rounds: adding a number whose last place is the format's smallest value.</remarks>
readonly struct SmallFloat<TLayout> : IFloatFormat where TLayout : ISmallFloat
{
    const uint Infinity = 0x7F800000;
    const uint FloatSign = 0x80000000;
    const uint FloatMantissa = 0x7FFFFF;

    /// <summary>From the format's place of sign, exponent and mantissa to float32's.</summary>
    static int SignShift => 32 - TLayout.Bits;

    static int Shift => 23 - TLayout.MantissaBits;

    /// <summary>What an exponent gains in float32, at its place there.</summary>
    static uint Rebias => (uint)(127 - TLayout.Bias) << 23;

    static uint CodeSign => 1u << (TLayout.Bits - 1);

    /// <summary>The smallest code with an implicit leading bit.</summary>
    static uint FirstNormal => 1u << TLayout.MantissaBits;

    /// <summary>float32 bits of the value of <see cref="FirstNormal"/>.</summary>
    static uint FirstNormalBits => (FirstNormal << Shift) + Rebias;

    /// <summary>The value of code 1: 2^(1 - Bias - MantissaBits).</summary>
    static float Smallest => BitConverter.UInt32BitsToSingle((uint)(128 - TLayout.Bias - TLayout.MantissaBits) << 23);

    /// <summary>Its last place is <see cref="Smallest"/>.</summary>
    static float Rounder => Smallest * (1 << 23);

    static uint RounderBits => BitConverter.SingleToUInt32Bits(Rounder);

    static bool HasInfinity => TLayout.Largest % FirstNormal == 0;

    /// <summary>First code of the exponent that means infinity; above <see cref="ISmallFloat.Largest"/> where there is none.</summary>
    static uint FirstNonFinite => HasInfinity ? TLayout.Largest : TLayout.Largest + 1;

    public static uint Decode(uint code)
    {
        uint magnitude = code & (CodeSign - 1);
        uint bits = magnitude >= FirstNonFinite ? Infinity | (magnitude << Shift)
            : magnitude >= FirstNormal ? (magnitude << Shift) + Rebias
            : BitConverter.SingleToUInt32Bits((int)magnitude * Smallest);
        return ((code & CodeSign) << SignShift) | bits;
    }

    public static uint Encode(uint bits)
    {
        uint magnitude = bits & ~FloatSign;
        uint code = magnitude > Infinity ? TLayout.NaN | ((magnitude & FloatMantissa) >> Shift)
            : Math.Min(magnitude < FirstNormalBits ? RoundSubnormal(magnitude) : RoundNormal(magnitude), TLayout.Largest);
        return ((bits & FloatSign) >> SignShift) | code;
    }

    // A carry out of the mantissa moves into the exponent, which is the right code.
    static uint RoundNormal(uint magnitude) =>
        (magnitude - Rebias + (1u << (Shift - 1)) - 1 + ((magnitude >> Shift) & 1)) >> Shift;

    static uint RoundSubnormal(uint magnitude) =>
        BitConverter.SingleToUInt32Bits(BitConverter.UInt32BitsToSingle(magnitude) + Rounder) - RounderBits;

    public static Vector<uint> Decode(Vector<uint> code)
    {
        var magnitude = code & new Vector<uint>(CodeSign - 1);
        var shifted = magnitude << Shift;
        var subnormal = (Vector.ConvertToSingle(magnitude.As<uint, int>()) * new Vector<float>(Smallest)).As<float, uint>();
        var bits = Vector.ConditionalSelect(AtLeast(magnitude, FirstNormal), shifted + new Vector<uint>(Rebias), subnormal);
        bits = Vector.ConditionalSelect(AtLeast(magnitude, FirstNonFinite), shifted | new Vector<uint>(Infinity), bits);
        return ((code & new Vector<uint>(CodeSign)) << SignShift) | bits;
    }

    public static Vector<uint> Encode(Vector<uint> bits)
    {
        var magnitude = bits & new Vector<uint>(~FloatSign);
        var subnormal = (magnitude.As<uint, float>() + new Vector<float>(Rounder)).As<float, uint>() - new Vector<uint>(RounderBits);
        var half = new Vector<uint>((1u << (Shift - 1)) - 1 - Rebias) + ((magnitude >>> Shift) & Vector<uint>.One);
        var code = Vector.ConditionalSelect(AtLeast(magnitude, FirstNormalBits), (magnitude + half) >>> Shift, subnormal);
        code = Vector.Min(code, new Vector<uint>(TLayout.Largest));
        var nan = ((magnitude & new Vector<uint>(FloatMantissa)) >>> Shift) | new Vector<uint>(TLayout.NaN);
        code = Vector.ConditionalSelect(AtLeast(magnitude, Infinity + 1), nan, code);
        return ((bits & new Vector<uint>(FloatSign)) >>> SignShift) | code;
    }

    /// <summary>Compared as signed, which every vector unit can: both are below 2^31.</summary>
    static Vector<uint> AtLeast(Vector<uint> magnitude, uint limit) =>
        Vector.GreaterThan(magnitude.As<uint, int>(), new Vector<int>((int)limit - 1)).As<int, uint>();
}
