using MergeEngine.Expressions;
using MergeEngine.Methods;

namespace MergeEngine.Tests.Expressions;

/// <summary>Merges by a random expression.</summary>
sealed class LazyReading(Expression expression) : IMergeMethod
{
    public const string Purpose = "test";

    public MethodSpec Spec { get; } = new("expression", "Expression", "test", []);

    public LazyTensor Merge(MergeInputs inputs) => Read(expression, inputs);

    /// <summary>The weights that sums of several operands have.</summary>
    public static double[] Weights(Expression expression) => [.. expression.Operands.Select((_, i) => expression.Number - i)];

    static LazyTensor Read(Expression expression, MergeInputs inputs)
    {
        LazyTensor[] operands = [.. expression.Operands.Select(operand => Read(operand, inputs))];
        LazyTensor X() => operands[0];
        LazyTensor Y() => operands[1];
        double number = expression.Number;
        return expression.Operator switch
        {
            Operator.Input => inputs.Models[(int)number].Tensor,
            Operator.Constant => inputs.Models[0].Tensor.Scope.Constant(number),
            Operator.Add => X() + Y(),
            Operator.Subtract => X() - Y(),
            Operator.Multiply => X() * Y(),
            Operator.Quotient => X() / (Y().Absolute() + 1),
            Operator.Absolute => X().Absolute(),
            Operator.Scale => number * X(),
            Operator.DivideBy => X() / number,
            Operator.AddScalar => X() + number,
            Operator.WeightedSum => LazyTensor.WeightedSum(operands, Weights(expression)),
            Operator.SignOfSum => LazyTensor.SignOfSum(operands),
            Operator.DisjointSum => LazyTensor.DisjointSum(operands, LazyTensor.SignOfSum(operands)),
            Operator.DisjointMean => LazyTensor.DisjointMean(operands, LazyTensor.SignOfSum(operands), Weights(expression)),
            Operator.KeepLargest => X().KeepLargest(number),
            Operator.KeepRandom => X().KeepRandom(number, inputs.Models[1].Uniform(Purpose)),
            Operator.RescaledToL1NormOf => X().RescaledToL1NormOf(Y()),
            Operator.DivideByNorm => X() / LazyNumber.Combine(Reduce.Norm(X()), 1, (norm, one) => one + norm),
            Operator.ScaleByDot => X() * LazyNumber.Combine(Reduce.Sum(Y()), Reduce.Dot(X(), Y()), (sum, dot) => sum / (1 + dot * dot)),
            Operator.ScaleRows => X().ScaleVectors(Reduce.RowDot(X(), Y()).Select(dot => 1 / (1 + Math.Abs(dot)))),
            Operator.ScaleColumns => X().ScaleVectors(Reduce.ColumnDot(X(), Y()).Select(dot => 1 / (1 + Math.Abs(dot)))),
            Operator.Clamp => X().Clamp(-Math.Abs(number), 1),
            Operator.KeepFrom => inputs.Shape.Count == 0 ? X() : X().KeepFrom(Y(), Reduce.Magnitude(X(), 1 + inputs.Shape.Count / 3)),
            Operator.KeepWhere => X().KeepWhere(Y()),
            Operator.KeepRanks => X().KeepRanks((long)(number * inputs.Shape.Count / 4), (long)(number * inputs.Shape.Count)),
            Operator.KeepRandomByRank => X().KeepRandom(X().RanksAlongSecondAxis() * 0.5 + 0.25, inputs.Models[1].Uniform(Purpose)),
            Operator.Ranks => X().RanksAlongSecondAxis(),
            Operator.Variance => LazyTensor.Variance(operands),
            Operator.OverlapSum => LazyTensor.OverlapSum(operands, number, Reduce.Overlaps(operands, number, (alone, shared) => 1 + shared / (1.0 + alone))),
            Operator.DivideByNonzeros => X() / LazyNumber.Combine(Reduce.Nonzeros(Y()), 1, (count, one) => one + count),
            Operator.ScaleByDivergence => X().ScaleVectors(Reduce.RowDivergence(X().Clamp(-9, 9), Y().Clamp(-9, 9), 1e-8)),
            _ => throw new ArgumentOutOfRangeException(nameof(expression)),
        };
    }
}
