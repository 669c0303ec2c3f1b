using System.Collections.Immutable;

namespace MergeEngine.Expressions;

/// <summary>A number that is known, or a function of reductions; asking for the value reads what they need.</summary>
/// <remarks>All reductions that were made so far and can run share the pass, so make them first and ask then.</remarks>
public sealed class LazyNumber
{
    readonly Func<double> value;
    readonly TensorScope? scope;

    LazyNumber(TensorScope? scope, ImmutableArray<Reduction> needs, Func<double> value) =>
        (this.scope, Needs, this.value) = (scope, needs, value);

    internal ImmutableArray<Reduction> Needs { get; }

    /// <summary>The value once all of <see cref="Needs"/> are done.</summary>
    internal double Known => value();

    internal bool IsOne => Needs.IsEmpty && Known == 1;

    public double Value
    {
        get
        {
            scope?.Resolve(Needs);
            return Known;
        }
    }

    public static implicit operator LazyNumber(double value) => new(null, [], () => value);

    internal static LazyNumber Of(TensorScope scope, Reduction reduction, Func<double> value) => new(scope, [reduction], value);

    /// <summary>A function of two numbers, evaluated when both are known.</summary>
    public static LazyNumber Combine(LazyNumber left, LazyNumber right, Func<double, double, double> function) =>
        new(left.scope ?? right.scope, [.. left.Needs, .. right.Needs], () => function(left.Known, right.Known));

    public override bool Equals(object? obj) =>
        ReferenceEquals(this, obj) || (obj is LazyNumber other && Needs.IsEmpty && other.Needs.IsEmpty && Known.Equals(other.Known));

    public override int GetHashCode() => Needs.IsEmpty ? Known.GetHashCode() : System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
