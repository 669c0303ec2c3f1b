using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>The last steps that methods of task vectors share (mergekit 0.1.4, section 3.3 of its description).</summary>
static class TaskVectorMerge
{
    /// <summary>Factor of one model's task vector.</summary>
    public static readonly Parameter Weight = new("weight", PerModel: true);

    /// <summary>Share of a task vector's elements that is kept.</summary>
    public static readonly Parameter Density = new("density", 1, Min: 0, PerModel: true);

    /// <summary>Factor of the merged task vector.</summary>
    public static readonly Parameter Lambda = new("lambda", 1);

    /// <summary>Accepted for old recipes; results do not depend on it.</summary>
    public static readonly Parameter Int8Mask = new("int8_mask", 0, Kind: ParameterKind.Boolean);

    const double SmallestDivisor = 1e-8;

    public static Parameter Normalize(bool byDefault) => new("normalize", byDefault ? 1 : 0, Kind: ParameterKind.Boolean);

    /// <summary>base + λ · Σ wₜ τₜ, the sum divided by Σ wₜ if wanted (unless that is nearly 0).</summary>
    public static LazyTensor Sum(MergeInputs inputs, IReadOnlyList<LazyTensor> taskVectors, bool normalize)
    {
        if (taskVectors.Count == 0) return inputs.Base;
        var weights = inputs.All(Weight);
        var merged = LazyTensor.WeightedSum(taskVectors, weights);
        float total = weights.Aggregate(0f, (sum, weight) => sum + (float)weight);
        if (normalize) merged /= Math.Abs(total) < SmallestDivisor ? 1 : total;
        return inputs.Base + merged * inputs[Lambda];
    }

    /// <summary>base + λ · Σ or weighted mean of the elements wₜ τₜ that have the elected sign.</summary>
    public static LazyTensor Elect(MergeInputs inputs, IReadOnlyList<LazyTensor> taskVectors, bool normalize)
    {
        if (taskVectors.Count == 0) return inputs.Base;
        var weights = inputs.All(Weight);
        LazyTensor[] weighted = [.. taskVectors.Zip(weights, (vector, weight) => vector * weight)];
        var sign = LazyTensor.SignOfSum(weighted);
        var merged = normalize ? LazyTensor.DisjointMean(weighted, sign, weights) : LazyTensor.DisjointSum(weighted, sign);
        return inputs.Base + merged * inputs[Lambda];
    }
}
