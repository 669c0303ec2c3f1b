using MergeEngine.Kernels;

namespace MergeEngine.Methods;

/// <summary>The mean of unit vectors on the sphere. Every vector is the coefficients of a weighted sum of the inputs.</summary>
sealed class DirectionMean(GramMatrix products, double[][] directions, double tolerance)
{
    /// <summary>Opposite vectors have no shortest arc between them: where the cosine is this near to −1, rounding would choose one.</summary>
    const double Opposite = 1e-12;

    public double[] Find(int iterations)
    {
        double[] mean = Sum(directions.Select(direction => (1.0 / directions.Length, direction)));
        double length = products.Norm(mean);
        mean = length < tolerance || length == 0 ? directions[0] : Sum([(1 / length, mean)]);
        for (int i = 0; i < iterations; i++)
        {
            double[] step = Step(mean);
            double size = products.Norm(step);
            if (size < tolerance || size == 0) break;
            mean = Sum([(Elementary.Cos(size), mean), (Elementary.Sin(size) / size, step)]);
            length = products.Norm(mean);
            if (length > tolerance) mean = Sum([(1 / length, mean)]);
        }
        return mean;
    }

    /// <summary>Mean of the arcs from a unit vector to all directions, as vectors at it.</summary>
    double[] Step(double[] from)
    {
        List<(double, double[])> arcs = [(0, from)];
        foreach (double[] direction in directions)
        {
            double cosine = Math.Clamp(products.Dot(from, direction), -1, 1), angle = Elementary.Acos(cosine);
            if (angle < tolerance || angle == 0 || 1 + cosine < Opposite) continue;
            double share = angle / Elementary.Sin(angle) / directions.Length;
            arcs.AddRange([(share, direction), (-share * cosine, from)]);
        }
        return Sum(arcs);
    }

    static double[] Sum(IEnumerable<(double Factor, double[] Vector)> terms) => terms.Select(term => term.Vector.Select(value => value * term.Factor).ToArray())
        .Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]);
}
