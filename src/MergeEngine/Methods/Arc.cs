using MergeEngine.Kernels;

namespace MergeEngine.Methods;

/// <summary>The way along the arc between two directions.</summary>
static class Arc
{
    /// <summary>Factors of two vectors for the place t of the way: sin((1−t)ω)/sin ω and sin(tω)/sin ω; 1−t and t where sin ω is less than the smallest.</summary>
    public static (double First, double Second) Shares(double cosine, double t, double smallestSine = 0)
    {
        double angle = Elementary.Acos(cosine), sine = Elementary.Sin(angle);
        return sine < smallestSine ? (1 - t, t) : (Elementary.Sin((1 - t) * angle) / sine, Elementary.Sin(t * angle) / sine);
    }
}
