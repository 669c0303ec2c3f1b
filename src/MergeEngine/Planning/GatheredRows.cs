using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;

namespace MergeEngine.Planning;

/// <summary>A model's table with its rows in the order of another vocabulary; rows that it lacks come from other tables.</summary>
/// <param name="Tables">Tables of equal width, or vectors with a number for each token; the model's own, and those that give rows.</param>
/// <param name="Own">Index of the model's own.</param>
/// <param name="Map">Origin of each row.</param>
/// <param name="ShapeOfAll">Rows of the map, and the tables' columns or fewer.</param>
public sealed record GatheredRows(IReadOnlyList<PlannedTensor> Tables, int Own, RowMap Map, TensorShape ShapeOfAll) : PlannedTensor
{
    public override string Name => Tables[Own].Name;

    public override TensorShape Shape => ShapeOfAll;

    public override Dtype Dtype => Tables[Own].Dtype;

    public override IEnumerable<TensorInfo> Stored => Used.SelectMany(table => Tables[table].Stored).Distinct();

    /// <summary>Rows are fetched as float32, whatever their tables hold.</summary>
    public override int FetchedSize => sizeof(float);

    public override long HeldBytes => OwnBytes + Tables.Sum(table => table.HeldBytes);

    /// <summary>Bytes of the map, and of the mean of the rows where padding needs it.</summary>
    internal long OwnBytes => Map.HeldBytes + Columns * (sizeof(double) + sizeof(float));

    internal long Columns => Shape.Rank == 2 ? Shape[1] : 1;

    /// <summary>The own table, and those that give a row.</summary>
    internal IEnumerable<int> Used => Map.Rows.Concat(Map.Means.SelectMany(mean => mean)).Where(row => row.IsStored).Select(row => row.Table).Prepend(Own).Distinct();

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest)
    {
        yield return $"rows {Shape} {Map.Digest}";
        foreach (int table in Used.Order())
            foreach (string line in Tables[table].KeyLines(digest)) yield return $"table {table} {line}";
    }

    public override PlannedTensor Crop(TensorShape view) =>
        this with { Map = view[0] == Shape[0] ? Map : new RowMap([.. Map.Rows.Take((int)view[0])], Map.Means), ShapeOfAll = view };

    internal override bool HasRows => true;

    internal override void Read(TensorInput read, long first, Span<float> destination) => new GatheredSource(this, table => table.Read, AllowNonFinite: true).Read(read, first, destination);

    internal override TableReader ReaderIn(SourceScope scope) => new GatheredSource(this, table => table.ReaderIn(scope), AllowNonFinite: true).Read;

    public bool Equals(GatheredRows? other) =>
        other is not null && Shape.Equals(other.Shape) && Map.Digest == other.Map.Digest && Tables.SequenceEqual(other.Tables);

    public override int GetHashCode() => HashCode.Combine(Shape, Tables[Own]);

    internal override LazyTensor Express(SourceScope scope) => new(scope.Tensors, new GatheredSource(this, table => table.ReaderIn(scope), scope.AllowNonFinite));
}
