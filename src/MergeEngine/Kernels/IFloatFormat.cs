using System.Numerics;

namespace MergeEngine.Kernels;

/// <summary>A float format of 8 or 16 bits: what its codes mean in float32 bits, one by one and a vector at a time with equal results.</summary>
/// <remarks>Encoding rounds to nearest, ties to even. NaN stays NaN, with its sign and the leading bits of its payload.</remarks>
interface IFloatFormat
{
    static abstract uint Decode(uint code);

    static abstract uint Encode(uint bits);

    static abstract Vector<uint> Decode(Vector<uint> code);

    static abstract Vector<uint> Encode(Vector<uint> bits);
}
