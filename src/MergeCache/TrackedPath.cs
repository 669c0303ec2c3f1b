namespace MergeCache;

/// <summary>A file or folder that a result depends on, as it was seen; also a path where nothing was found.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Stamp">What was seen; null where nothing was.</param>
/// <param name="Young">It had changed less than a second before it was read, so its stamp proves nothing.</param>
public sealed record TrackedPath(string Path, FileStamp? Stamp, bool Young)
{
    const char Absent = '-';
    const char Untrusted = '?';

    /// <param name="readAt">When the content is or was read, from <see cref="FileStamp.Now"/>.</param>
    public static TrackedPath See(string path, long readAt) =>
        new(path, FileStamp.Of(path, readAt, out bool young), young);

    /// <summary>A file that was made by us, by its path relative to the folder. Without its change time: links and permissions that a user gives it do not make it anew.</summary>
    public static TrackedPath SeeOutput(string folder, string relativePath)
    {
        FileStamp? stamp = FileStamp.Of(System.IO.Path.Combine(folder, relativePath));
        return new TrackedPath(relativePath, stamp is null ? null : stamp with { Changed = 0 }, Young: false);
    }

    /// <summary>The path is certainly as it was seen.</summary>
    /// <param name="now">Stamps by path that this build has read already; gets this one.</param>
    public bool IsCurrent(Dictionary<string, FileStamp?> now)
    {
        if (Young) return false;
        if (!now.TryGetValue(Path, out FileStamp? stamp)) now.Add(Path, stamp = FileStamp.Of(Path));
        return stamp == Stamp;
    }

    /// <summary>The stamp is as it was seen, whether or not that proves anything.</summary>
    public bool IsSame() => FileStamp.Of(Path) == Stamp;

    public override string ToString() =>
        $"{(Young ? Untrusted : Stamp is null ? Absent : Stamp.ToString())} {LineText.Escape(Path)}";

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>null if it is something else.</returns>
    public static TrackedPath? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length < 3) return null;
        if (text[0] is Absent or Untrusted && text[1] == ' ')
            return new TrackedPath(LineText.Unescape(text[2..]), null, text[0] == Untrusted);
        int end = 0;
        for (int field = 0; field < 4; field++)
        {
            int next = text[end..].IndexOf(' ');
            if (next < 0) return null;
            end += next + 1;
        }
        return FileStamp.Parse(text[..(end - 1)]) is { } stamp ? new TrackedPath(LineText.Unescape(text[end..]), stamp, false) : null;
    }
}
