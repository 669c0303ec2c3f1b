using System.Numerics;

namespace MergeEngine.Kernels;

/// <summary>bfloat16: the upper half of a float32.</summary>
readonly struct BFloat16 : IFloatFormat
{
    const uint Infinity = 0x7F800000;
    const uint QuietBit = 0x40;

    public static uint Decode(uint code) => code << 16;

    public static uint Encode(uint bits) =>
        (bits & 0x7FFFFFFF) > Infinity ? (bits >> 16) | QuietBit : (bits + 0x7FFF + ((bits >> 16) & 1)) >> 16;

    public static Vector<uint> Decode(Vector<uint> code) => code << 16;

    public static Vector<uint> Encode(Vector<uint> bits)
    {
        var upper = bits >>> 16;
        var rounded = (bits + new Vector<uint>(0x7FFF) + (upper & Vector<uint>.One)) >>> 16;
        var isNaN = Vector.GreaterThan((bits & new Vector<uint>(0x7FFFFFFF)).As<uint, int>(), new Vector<int>((int)Infinity)).As<int, uint>();
        return Vector.ConditionalSelect(isNaN, upper | new Vector<uint>(QuietBit), rounded);
    }
}
