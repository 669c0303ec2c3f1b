namespace MergeEngine.Checkpoints;

/// <summary>The rule that tensors fill a file's data: in order, no overlap, no hole, none beyond the end, nothing after the last.</summary>
static class DataLayout
{
    /// <summary>Sorts the entries by place and adds an error for each break of the rule.</summary>
    public static void Check(List<HeaderEntry> entries, string file, long dataLength, List<Diagnostic> errors)
    {
        entries.Sort((a, b) => (a.Begin, a.End).CompareTo((b.Begin, b.End)));
        string previous = "";
        long end = 0;
        HeaderEntry? beyond = null;
        foreach (var entry in entries)
        {
            if (entry.Begin < end) errors.Add(Errors.TensorsOverlap(file, entry.Name, entry.Begin, previous, end));
            else if (entry.Begin > end) errors.Add(Errors.HoleBeforeTensor(file, entry.Name, entry.Begin, end));
            if (entry.End > dataLength) beyond ??= entry;
            if (entry.End >= end) (previous, end) = (entry.Name, entry.End);
        }
        if (beyond is { } cut) errors.Add(Errors.TensorBeyondFile(file, cut.Name, cut.End, dataLength));
        else if (end < dataLength) errors.Add(Errors.TrailingBytes(file, end, dataLength));
    }
}
