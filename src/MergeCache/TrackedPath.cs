namespace MergeCache;

/// <summary>A file or folder that a result depends on, as it was seen; also a path where nothing was found.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Stamp">What was seen; null where nothing was.</param>
/// <param name="Young">It had changed less than a second before it was read, so its stamp proves nothing.</param>
public readonly record struct TrackedPath(string Path, FileStamp? Stamp, bool Young)
{
    const char Absent = '-';
    const char Untrusted = '?';

    /// <param name="readAt">When the content is or was read, from <see cref="FileStamp.Now"/>.</param>
    public static TrackedPath See(string path, long readAt) =>
        new(path, FileStamp.Of(path, readAt, out bool young), young);

    /// <summary>The path is certainly as it was seen.</summary>
    public bool IsCurrent() => !Young && IsSame();

    /// <summary>The stamp is as it was seen, whether or not that proves anything.</summary>
    public bool IsSame() => FileStamp.Of(Path) == Stamp;

    public override string ToString() =>
        $"{(Young ? Untrusted : Stamp is null ? Absent : Stamp.ToString())} {LineText.Escape(Path)}";

    /// <summary>Reads what <see cref="ToString"/> wrote; false if it is something else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TrackedPath path)
    {
        path = default;
        if (text.Length < 3) return false;
        if (text[0] is Absent or Untrusted && text[1] == ' ')
        {
            path = new TrackedPath(LineText.Unescape(text[2..]), null, text[0] == Untrusted);
            return true;
        }
        int end = 0;
        for (int field = 0; field < 4; field++)
        {
            int next = text[end..].IndexOf(' ');
            if (next < 0) return false;
            end += next + 1;
        }
        if (!FileStamp.TryParse(text[..(end - 1)], out FileStamp stamp)) return false;
        path = new TrackedPath(LineText.Unescape(text[end..]), stamp, false);
        return true;
    }
}
