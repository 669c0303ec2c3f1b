using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>What an adapter does to one tensor of its model. Complete and valid; equal where it does the same.</summary>
abstract record AdapterEdit
{
    /// <summary>Tensors of the adapter that are read for it.</summary>
    public abstract IEnumerable<TensorInfo> Stored { get; }

    /// <summary>Bytes that stay in memory while a step uses it on a tensor of this shape.</summary>
    public virtual long HeldBytes(TensorShape tensor) => 0;

    /// <summary>False where nothing of the tensor remains, so that it need not be read.</summary>
    public virtual bool KeepsTensor => true;

    /// <summary>Rows of the result can be taken one by one, where those of the tensor can.</summary>
    public virtual bool HasRows => true;

    /// <summary>Shape of the result.</summary>
    public virtual TensorShape ShapeOf(TensorShape tensor) => tensor;

    /// <summary>All that its numbers depend on besides the tensor, one fact a line.</summary>
    public abstract IEnumerable<string> KeyLines(Func<TensorInfo, string> digest);

    /// <summary>The changed tensor, or its leading rows and columns.</summary>
    /// <param name="tensor">The whole tensor before.</param>
    /// <param name="view">The shape of the scope.</param>
    public abstract LazyTensor Express(PlannedTensor tensor, TensorShape view, SourceScope scope);

    /// <summary>Reads elements of the changed tensor, for tables whose rows are taken one by one: the same bits.</summary>
    /// <param name="tensor">The whole tensor before.</param>
    public abstract TableReader ReaderIn(PlannedTensor tensor, SourceScope scope);

    /// <summary>The tensor before, or its leading rows and columns.</summary>
    protected static LazyTensor Part(PlannedTensor tensor, TensorShape view, SourceScope scope) => (tensor.Shape.Equals(view) ? tensor : tensor.Crop(view)).Express(scope);
}
