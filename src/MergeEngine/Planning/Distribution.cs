namespace MergeEngine.Planning;

/// <summary>What random numbers are drawn from.</summary>
enum Distribution
{
    /// <summary>Mean 0, deviation 1.</summary>
    Normal,

    /// <summary>-1 to 1, each equally likely.</summary>
    Uniform,
}
