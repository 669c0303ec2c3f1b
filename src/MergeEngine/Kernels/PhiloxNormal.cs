namespace MergeEngine.Kernels;

/// <summary>Normal numbers of a Philox stream, the same bits on every machine: only operations that IEEE 754 rounds correctly are used.</summary>
/// <remarks>
/// Block b gives two uniforms of 53 bits, u from words 0 and 1 and v from words 2 and 3, and elements 2b and 2b + 1 are r·cos(2πv) and r·sin(2πv) with
/// r = √(−2 ln(1 − u)) (Box and Muller 1958), computed as float64 and rounded once.
/// </remarks>
static class PhiloxNormal
{
    const double Ln2 = 0.69314718055994530942, HalfPi = 1.57079632679489661923, Sqrt2 = 1.41421356237309504880;

    /// <summary>Odd terms of artanh up to s^23: |s| is below 0.1716, so the rest is below 2^-64.</summary>
    const int LogTerms = 11;

    /// <summary>Terms of sine and cosine up to the 18th power: the angle is at most π/4.</summary>
    const int AngleTerms = 9;

    static readonly double[] LogFactors = Reciprocals(LogTerms, term => 2 * term + 1);
    static readonly double[] SineFactors = Reciprocals(AngleTerms, term => 2 * term * (2 * term + 1));
    static readonly double[] CosineFactors = Reciprocals(AngleTerms, term => (2 * term - 1) * 2 * term);

    /// <param name="stream">Whose numbers.</param>
    /// <param name="first">Place of the first element; even.</param>
    /// <param name="destination">Filled.</param>
    public static void Fill(in PhiloxStream stream, long first, Span<float> destination)
    {
        for (int i = 0; i < destination.Length; i += 2)
        {
            (double even, double odd) = Pair(stream, (uint)((first + i) / 2));
            destination[i] = (float)even;
            if (i + 1 < destination.Length) destination[i + 1] = (float)odd;
        }
    }

    /// <summary>The two numbers of a block.</summary>
    public static (double Even, double Odd) Pair(in PhiloxStream stream, uint block)
    {
        (uint a, uint b, uint c, uint d) = stream.Block(block);
        double radius = Math.Sqrt(-2 * Log(1 - Uniform(a, b)));
        (double sine, double cosine) = SinCosOfTurns(Uniform(c, d));
        return (radius * cosine, radius * sine);
    }

    static double[] Reciprocals(int terms, Func<int, double> divisor) => [0, .. Enumerable.Range(1, terms).Select(term => 1 / divisor(term))];

    static double Uniform(uint high, uint low) => ((high >> 5) * 67108864.0 + (low >> 6)) / 9007199254740992.0;

    /// <summary>Natural logarithm of a normal positive number: x = m · 2^e with m in [√½, √2), ln m = 2 artanh((m − 1) / (m + 1)).</summary>
    public static double Log(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1023;
        double mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > Sqrt2) (mantissa, exponent) = (mantissa / 2, exponent + 1);
        double s = (mantissa - 1) / (mantissa + 1), square = s * s, sum = 0;
        for (int term = LogTerms; term > 0; term--) sum = square * (sum + LogFactors[term]);
        return exponent * Ln2 + 2 * (s + s * sum);
    }

    /// <summary>Sine and cosine of a part of a full turn, 0 to 1: of the angle in its eighth, then turned by quarters.</summary>
    public static (double Sine, double Cosine) SinCosOfTurns(double turns)
    {
        int quarters = (int)(turns * 4 + 0.5);
        double angle = (turns * 4 - quarters) * HalfPi, square = angle * angle, sine = 1, cosine = 1;
        for (int term = AngleTerms; term > 0; term--)
        {
            cosine = 1 - square * CosineFactors[term] * cosine;
            sine = 1 - square * SineFactors[term] * sine;
        }
        sine *= angle;
        return (quarters % 4) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            _ => (-cosine, sine),
        };
    }
}
