namespace MergeEngine.Kernels;

/// <summary>Exponential, logarithm and angles in float64 from additions, multiplications, divisions and square roots only, in a fixed order: the same bits on every machine.</summary>
/// <remarks>
/// <para>The runtime's own functions call the C library, whose last bits differ between systems. Largest error found against 60-digit references: 1 unit in the last
/// place (<see cref="Log"/> near 1 and <see cref="Acos"/>: 2); a test holds it.</para>
/// <para>Method: reduce the argument to a small one, then sum the Taylor series, smallest term first.</para>
/// </remarks>
public static class Elementary
{
    /// <summary>ln 2 and π/2 as sums of numbers with so few bits that small multiples of all but the last are exact.</summary>
    const double Ln2 = 0.6931471804855391, Ln2Rest = 7.440617110012397e-11;
    const double HalfPi = 1.5707963267341256, HalfPiRest = 6.077100506303966e-11, HalfPiRest2 = 2.0222662487959506e-21;

    /// <summary>Arguments of e^x outside of which the result is 0 or infinite.</summary>
    const double Underflow = -745.2, Overflow = 709.79;

    const int SeriesLength = 18, LogLength = 12, ArcLength = 30;

    static readonly double[] Factorials = MakeFactorials(), Arc = MakeArc();

    /// <summary>e^x.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x > Overflow) return double.PositiveInfinity;
        if (x < Underflow) return 0;
        double n = Math.Round(x / Ln2);
        double r = x - n * Ln2 - n * Ln2Rest, sum = 0;
        for (int k = SeriesLength; k >= 1; k--) sum = (sum + 1 / Factorials[k]) * r;
        int half = (int)n / 2;
        return (1 + sum) * PowerOfTwo(half) * PowerOfTwo((int)n - half);
    }

    /// <summary>Natural logarithm; NaN below 0.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        int exponent = Math.ILogB(x);
        double mantissa = x * PowerOfTwo(-exponent / 2) * PowerOfTwo(-exponent - -exponent / 2);
        if (mantissa > 1.4142135623730951) (mantissa, exponent) = (mantissa / 2, exponent + 1);
        double s = (mantissa - 1) / (mantissa + 1), square = s * s, sum = 0;
        for (int k = LogLength; k >= 1; k--) sum = (sum + 1.0 / (2 * k + 1)) * square;
        return exponent * Ln2 + (exponent * Ln2Rest + (2 * s * sum + 2 * s));
    }

    /// <summary>Sine of an angle in radians; exact to the last bits up to a million, less beyond.</summary>
    public static double Sin(double x) => SinOfQuarters(x, 0);

    /// <summary>Cosine, as <see cref="Sin"/>.</summary>
    public static double Cos(double x) => SinOfQuarters(x, 1);

    /// <summary>The angle in [0, π] that has this cosine; the cosine is first brought into [−1, 1].</summary>
    public static double Acos(double cosine)
    {
        double c = Math.Clamp(cosine, -1, 1);
        if (c > 0.5) return 2 * Asin(Math.Sqrt((1 - c) / 2));
        if (c < -0.5) return 2 * (HalfPi - Asin(Math.Sqrt((1 + c) / 2)) + HalfPiRest);
        return HalfPi - (Asin(c) - HalfPiRest);
    }

    /// <summary>Sine of x plus a number of right angles.</summary>
    static double SinOfQuarters(double x, int quarters)
    {
        if (!double.IsFinite(x)) return double.NaN;
        double n = Math.Round(x / HalfPi), r = x - n * HalfPi - n * HalfPiRest - n * HalfPiRest2;
        double value = ((long)(n % 4) + quarters & 1) == 0 ? SinSeries(r) : CosSeries(r);
        return ((long)(n % 4) + quarters & 2) == 0 ? value : -value;
    }

    static double SinSeries(double r)
    {
        double square = r * r, sum = 0;
        for (int k = SeriesLength - 1; k >= 3; k -= 2) sum = (Sign(k / 2) / Factorials[k] + sum) * square;
        return r + r * sum;
    }

    static double CosSeries(double r)
    {
        double square = r * r, sum = 0;
        for (int k = SeriesLength; k >= 2; k -= 2) sum = (Sign(k / 2) / Factorials[k] + sum) * square;
        return 1 + sum;
    }

    /// <summary>For |z| up to 1/2.</summary>
    static double Asin(double z)
    {
        double square = z * z, sum = 0;
        for (int k = ArcLength; k >= 1; k--) sum = (sum + Arc[k]) * square;
        return z + z * sum;
    }

    static double Sign(int power) => power % 2 == 0 ? 1 : -1;

    /// <summary>2^n for n from −1022 to 1023.</summary>
    static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);

    static double[] MakeFactorials()
    {
        double[] factorials = new double[SeriesLength + 1];
        factorials[0] = 1;
        for (int k = 1; k <= SeriesLength; k++) factorials[k] = factorials[k - 1] * k;
        return factorials;
    }

    /// <summary>Coefficients of the arc sine: 1·3·5···(2k−1) / (2·4·6···2k · (2k+1)).</summary>
    static double[] MakeArc()
    {
        double[] coefficients = new double[ArcLength + 1];
        double product = 1;
        for (int k = 1; k <= ArcLength; k++)
        {
            product *= (2 * k - 1) / (2.0 * k);
            coefficients[k] = product / (2 * k + 1);
        }
        return coefficients;
    }
}
