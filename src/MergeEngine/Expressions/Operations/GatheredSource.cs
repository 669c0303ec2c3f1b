using System.Runtime.InteropServices;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;

namespace MergeEngine.Expressions.Operations;

/// <summary>Rows of tables in a new order, decoded to float32; NaN and infinity are errors unless allowed.</summary>
/// <remarks>A mean of rows adds in float32 in the order of its rows, then divides. The mean of all rows adds in float64 in the order of rows.</remarks>
sealed record GatheredSource : Leaf
{
    /// <summary>Elements that are decoded at a time.</summary>
    const int PieceCount = 1 << 10;

    readonly GatheredRows input;
    readonly Dictionary<int, TableReader> readers;
    readonly bool allowNonFinite;
    readonly Lock computing = new();
    float[]? padding;

    /// <summary>A pass over the whole tensor found every element finite; later passes need not look.</summary>
    bool isChecked;

    /// <param name="readerOf">How a table is read.</param>
    public GatheredSource(GatheredRows input, Func<PlannedTensor, TableReader> readerOf, bool AllowNonFinite)
    {
        (this.input, allowNonFinite, isChecked) = (input, AllowNonFinite, AllowNonFinite);
        readers = input.Used.ToDictionary(table => table, table => readerOf(input.Tables[table]));
    }

    public override int StoredSize => sizeof(float);

    public override void Fetch(TensorInput read, long first, Span<byte> destination)
    {
        Span<float> piece = stackalloc float[PieceCount];
        while (!destination.IsEmpty)
        {
            Span<float> part = piece[..Math.Min(PieceCount, destination.Length / sizeof(float))];
            Read(read, first, part);
            MemoryMarshal.AsBytes(part).CopyTo(destination);
            destination = destination[(part.Length * sizeof(float))..];
            first += part.Length;
        }
    }

    /// <summary>Elements from a flat index of the re-indexed table on.</summary>
    public void Read(TensorInput read, long first, Span<float> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = ReadRun(read, (int)(first / input.Columns), first % input.Columns, destination);
            destination = destination[count..];
            first += count;
        }
    }

    public override void Run(in TileFrame frame)
    {
        frame.Stored.CopyTo(MemoryMarshal.AsBytes(frame.Result));
        if (isChecked || !frame.Kernels.AnyNonFinite(frame.Result)) return;
        int index = 0;
        while (float.IsFinite(frame.Result[index])) index++;
        throw NonFinite(frame.First + index, frame.Result[index]);
    }

    public override void Seen() => isChecked = true;

    public bool Equals(GatheredSource? other) => other is not null && input.Equals(other.input) && allowNonFinite == other.allowNonFinite;

    public override int GetHashCode() => input.GetHashCode();

    /// <summary>Rows that lie one after the other in one table are read together.</summary>
    /// <returns>Elements that were filled.</returns>
    int ReadRun(TensorInput read, int row, long column, Span<float> destination)
    {
        RowOrigin origin = input.Map.Rows[row];
        int count = (int)Math.Min(input.Columns - column, destination.Length);
        if (origin.IsStored)
        {
            PlannedTensor table = input.Tables[origin.Table];
            long width = table.Shape.Rank == 2 ? table.Shape[1] : 1;
            for (int next = row + 1; width == input.Columns && count < destination.Length && input.Map.Rows[next] == origin with { Row = origin.Row + next - row }; next++)
                count = (int)Math.Min(count + width, destination.Length);
            readers[origin.Table](read, origin.Row * width + column, destination[..count]);
        }
        else if (origin.IsZero) destination[..count].Clear();
        else if (origin.IsMean) ReadMean(read, input.Map.Means[origin.Row], column, destination[..count]);
        else Padding(read).AsSpan((int)column, count).CopyTo(destination);
        return count;
    }

    void ReadMean(TensorInput read, RowOrigin[] rows, long column, Span<float> destination)
    {
        Span<float> row = stackalloc float[Math.Min(PieceCount, destination.Length)];
        for (int start = 0; start < destination.Length; start += row.Length)
        {
            Span<float> sum = destination[start..Math.Min(destination.Length, start + row.Length)];
            sum.Clear();
            foreach (RowOrigin origin in rows)
            {
                PlannedTensor table = input.Tables[origin.Table];
                readers[origin.Table](read, origin.Row * (table.Shape.Rank == 2 ? table.Shape[1] : 1) + column + start, row[..sum.Length]);
                for (int i = 0; i < sum.Length; i++) sum[i] += row[i];
            }
            for (int i = 0; i < sum.Length; i++) sum[i] /= rows.Length;
        }
    }

    /// <summary>Computed once, by whoever needs it first.</summary>
    float[] Padding(TensorInput read)
    {
        lock (computing) return padding ??= MeanOfRows(read);
    }

    float[] MeanOfRows(TensorInput read)
    {
        double[] sums = new double[input.Columns];
        Span<float> piece = stackalloc float[PieceCount];
        for (int row = 0; row < input.Map.Rows.Count; row++)
        {
            if (input.Map.Rows[row].IsPadding) continue;
            for (int column = 0; column < sums.Length; column += PieceCount)
            {
                Span<float> part = piece[..Math.Min(PieceCount, sums.Length - column)];
                Read(read, row * input.Columns + column, part);
                for (int i = 0; i < part.Length; i++) sums[column + i] += part[i];
            }
        }
        return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, input.Map.RealRows)));
    }

    MergeException NonFinite(long index, float value)
    {
        RowOrigin origin = input.Map.Rows[(int)(index / input.Columns)];
        PlannedTensor planned = input.Tables[origin.IsStored ? origin.Table : input.Own];
        TensorInfo table = planned.Stored.First();
        long place = origin.IsStored ? origin.Row * (table.Shape.Rank == 2 ? table.Shape[1] : 1) + index % input.Columns : index;
        return new MergeException(Errors.NonFinite(table, (planned as StoredTensor)?.Model ?? "", place, value));
    }
}
