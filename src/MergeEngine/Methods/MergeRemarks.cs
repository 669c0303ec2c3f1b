namespace MergeEngine.Methods;

/// <summary>An entry of the catalogue that tells something about the tensors it names.</summary>
/// <param name="position">The recipe.</param>
/// <param name="tensors">Names of output tensors, in ordinal order.</param>
public delegate Diagnostic Remark(SourcePosition position, IReadOnlyList<string> tensors);

/// <summary>Gathers what methods find out about tensors while they merge them: one diagnostic for each kind of remark. Thread-safe.</summary>
/// <param name="position">The recipe.</param>
public sealed class MergeRemarks(SourcePosition position)
{
    readonly SortedDictionary<string, (Remark Remark, SortedSet<string> Tensors)> remarks = new(StringComparer.Ordinal);

    public SourcePosition Position => position;

    /// <summary>In an order that does not depend on threads.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics
    {
        get
        {
            lock (remarks) return [.. remarks.Values.Select(entry => entry.Remark(position, [.. entry.Tensors]))];
        }
    }

    public void Add(Remark remark, string tensor)
    {
        lock (remarks)
        {
            string name = remark.Method.Name;
            if (!remarks.TryGetValue(name, out var entry)) remarks.Add(name, entry = (remark, new SortedSet<string>(StringComparer.Ordinal)));
            entry.Tensors.Add(tensor);
        }
    }
}
