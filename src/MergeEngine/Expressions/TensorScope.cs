using System.Collections.Immutable;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions.Operations;

namespace MergeEngine.Expressions;

/// <summary>The merge of one output tensor: knows which reductions are wanted and runs them, as many in one pass as can be.</summary>
/// <param name="shape">Extents of all its tensors.</param>
/// <param name="run">Runs one pass for reductions whose needs are met, over all of the tensor or a sample.</param>
public sealed class TensorScope(TensorShape shape, Action<IReadOnlyList<Reduction>, bool> run)
{
    readonly List<Reduction> pending = [];

    public TensorShape Shape { get; } = shape;

    public long RowLength => Shape.Rank == 0 ? 1 : Shape[Shape.Rank - 1];

    public long Rows => Shape.Rank <= 1 ? 1 : Shape.Count / Math.Max(1, RowLength);

    /// <summary>Vectors along the first axis.</summary>
    public long Columns => Shape.Rank == 0 ? 1 : Shape.Count / Math.Max(1, Shape[0]);

    public LazyTensor Constant(double value) => new(this, new Constant((float)value));

    internal T Add<T>(T reduction) where T : Reduction
    {
        pending.Add(reduction);
        return reduction;
    }

    /// <summary>Runs passes until the wanted reductions are done; everything else that can run joins them.</summary>
    internal void Resolve(ImmutableArray<Reduction> wanted)
    {
        while (!wanted.All(reduction => reduction.IsDone))
        {
            Reduction[] ready = [.. pending.Where(CanRun)], sampling = [.. ready.Where(reduction => reduction.WantsSample)];
            bool sample = sampling.Length > 0;
            run(sample ? sampling : ready, sample);
            pending.RemoveAll(reduction => reduction.IsDone);
        }
    }

    /// <summary>Runs what the tensor's operations need.</summary>
    internal void ResolveNeedsOf(LazyTensor tensor) => Resolve([.. NeedsOf(tensor)]);

    /// <summary>What must be known before the tensor can be computed.</summary>
    internal static IEnumerable<Reduction> NeedsOf(LazyTensor tensor) => Nodes(tensor).SelectMany(node => node.Operation.Needs);

    static bool CanRun(Reduction reduction) => reduction.Needs.Concat(reduction.Operands.SelectMany(NeedsOf)).All(need => need.IsDone);

    static HashSet<LazyTensor> Nodes(LazyTensor root)
    {
        HashSet<LazyTensor> seen = [];
        Stack<LazyTensor> open = new([root]);
        while (open.TryPop(out var node))
            if (seen.Add(node))
                foreach (var operand in node.Operands) open.Push(operand);
        return seen;
    }
}
