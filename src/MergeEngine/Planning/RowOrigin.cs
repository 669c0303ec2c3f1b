namespace MergeEngine.Planning;

/// <summary>Where a row of a re-indexed table comes from.</summary>
/// <param name="Table">Index of the table that has the row, or one of the marks below.</param>
/// <param name="Row">Row of that table; of a mean its index.</param>
public readonly record struct RowOrigin(int Table, int Row)
{
    const int ZeroMark = -1, MeanMark = -2, PaddingMark = -3, NoneMark = -4;

    /// <summary>A row of zeros.</summary>
    public static RowOrigin Zero { get; } = new(ZeroMark, 0);

    /// <summary>A row without a token: the mean of all rows that have one.</summary>
    public static RowOrigin Padding { get; } = new(PaddingMark, 0);

    /// <summary>Not decided, because no model needs it.</summary>
    public static RowOrigin None { get; } = new(NoneMark, 0);

    /// <summary>The mean of rows of several tables.</summary>
    public static RowOrigin Mean(int index) => new(MeanMark, index);

    public bool IsStored => Table >= 0;

    public bool IsZero => Table == ZeroMark;

    public bool IsMean => Table == MeanMark;

    public bool IsPadding => Table == PaddingMark;

    public bool IsNone => Table == NoneMark;
}
