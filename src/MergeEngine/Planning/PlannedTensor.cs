using MergeEngine.Checkpoints;
using MergeEngine.Expressions;

namespace MergeEngine.Planning;

/// <summary>A tensor that a merge step takes: what it is and how it comes about, from headers alone. Reads nothing.</summary>
/// <remarks>Equal where it holds the same numbers, so that an expression reads it once.</remarks>
public abstract record PlannedTensor
{
    /// <summary>Its name in its model, for messages.</summary>
    public abstract string Name { get; }

    public abstract TensorShape Shape { get; }

    /// <summary>Element type that it counts as having, where the output's follows from the inputs'.</summary>
    public abstract Dtype Dtype { get; }

    /// <summary>Tensors in files that are read for it, without those that are read only to look something up when planning.</summary>
    public abstract IEnumerable<TensorInfo> Stored { get; }

    /// <summary>Bytes that are fetched for an element.</summary>
    public virtual int FetchedSize => Stored.Sum(stored => stored.Dtype.Size());

    /// <summary>Bytes of its own, beside tile buffers, that stay in memory while a step uses it.</summary>
    public virtual long HeldBytes => 0;

    /// <summary>The result of another recipe that it is, or is made of; null: there is none in it.</summary>
    internal virtual MergedTensor? Result => null;

    /// <summary>All that its numbers depend on, one fact a line: no paths, names only where they decide something.</summary>
    /// <param name="digest">Digest of a stored tensor's bytes.</param>
    public abstract IEnumerable<string> KeyLines(Func<TensorInfo, string> digest);

    /// <summary>Its leading rows and columns.</summary>
    /// <param name="view">Extents of the same rank, none larger.</param>
    public abstract PlannedTensor Crop(TensorShape view);

    /// <summary>Its rows can be had one by one.</summary>
    internal virtual bool HasRows => false;

    /// <summary>Its elements from a flat index on, for tables whose rows are taken one by one. Safe for several threads.</summary>
    /// <exception cref="NotSupportedException"><see cref="HasRows"/> is false: this kind is only computed whole.</exception>
    internal virtual void Read(TensorInput read, long first, Span<float> destination) => throw new NotSupportedException($"'{Name}' is computed whole.");

    /// <summary><see cref="Read"/>, with what it needs in memory held until the step is done.</summary>
    internal virtual TableReader ReaderIn(SourceScope scope) => Read;

    /// <summary>Its numbers, as an expression of the merge of one output tensor.</summary>
    internal abstract LazyTensor Express(SourceScope scope);
}
