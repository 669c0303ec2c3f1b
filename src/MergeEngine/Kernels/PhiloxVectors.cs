using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace MergeEngine.Kernels;

/// <summary>Philox for eight counter blocks (32 elements) at a time; the numbers of <see cref="PhiloxStream"/>.</summary>
static class PhiloxVectors
{
    const int Blocks = 8, Elements = Blocks * 4;

    public static bool IsSupported => Avx2.IsSupported;

    /// <param name="stream">Whose numbers.</param>
    /// <param name="first">Place of the first element; a multiple of 4.</param>
    /// <param name="destination">Filled from its start, in whole groups of 32.</param>
    /// <returns>How many elements were filled.</returns>
    public static int Fill(in PhiloxStream stream, long first, Span<float> destination)
    {
        int done = 0;
        for (; done + Elements <= destination.Length; done += Elements)
            Group(stream, (uint)((first + done) / 4), MemoryMarshal.Cast<float, Vector128<float>>(destination.Slice(done, Elements)));
        return done;
    }

    static void Group(in PhiloxStream stream, uint block, Span<Vector128<float>> destination)
    {
        var c0 = Vector256.Create(block) + Vector256<uint>.Indices;
        var c1 = Vector256.Create(stream.Tensor);
        var c2 = Vector256.Create(stream.Model);
        var c3 = Vector256.Create(stream.Purpose);
        uint k0 = (uint)stream.Seed, k1 = (uint)(stream.Seed >> 32);
        for (int round = 0; round < PhiloxStream.Rounds; round++)
        {
            var (highA, lowA) = Multiply(c0, PhiloxStream.MultiplierA);
            var (highB, lowB) = Multiply(c2, PhiloxStream.MultiplierB);
            c0 = highB ^ c1 ^ Vector256.Create(k0);
            c2 = highA ^ c3 ^ Vector256.Create(k1);
            (c1, c3) = (lowB, lowA);
            k0 += PhiloxStream.WeylA;
            k1 += PhiloxStream.WeylB;
        }
        Store(Uniform(c0), Uniform(c1), Uniform(c2), Uniform(c3), destination);
    }

    /// <returns>Upper and lower halves of the 64-bit products.</returns>
    static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> values, uint factor)
    {
        var factors = Vector256.Create(factor);
        var even = Avx2.Multiply(values, factors);
        var odd = Avx2.Multiply((values.AsUInt64() >>> 32).AsUInt32(), factors);
        var upper = Vector256.Create(0xFFFFFFFF00000000);
        return (((even >>> 32) | (odd & upper)).AsUInt32(), ((even & ~upper) | (odd << 32)).AsUInt32());
    }

    static Vector256<float> Uniform(Vector256<uint> words) => Vector256.ConvertToSingle((words >>> 8).AsInt32()) * (1f / (1 << 24));

    /// <summary>Puts the four words of each block side by side.</summary>
    static void Store(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d, Span<Vector128<float>> destination)
    {
        var (lowAB, highAB) = (Avx.UnpackLow(a, b).AsDouble(), Avx.UnpackHigh(a, b).AsDouble());
        var (lowCD, highCD) = (Avx.UnpackLow(c, d).AsDouble(), Avx.UnpackHigh(c, d).AsDouble());
        Half(0, Avx.UnpackLow(lowAB, lowCD).AsSingle(), destination);
        Half(1, Avx.UnpackHigh(lowAB, lowCD).AsSingle(), destination);
        Half(2, Avx.UnpackLow(highAB, highCD).AsSingle(), destination);
        Half(3, Avx.UnpackHigh(highAB, highCD).AsSingle(), destination);
    }

    static void Half(int block, Vector256<float> words, Span<Vector128<float>> destination)
    {
        destination[block] = words.GetLower();
        destination[block + 4] = words.GetUpper();
    }
}
