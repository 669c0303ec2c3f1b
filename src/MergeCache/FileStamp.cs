using System.Globalization;

namespace MergeCache;

/// <summary>What the file system says about a file or folder without reading it. Equal stamps mean equal content, unless the stamp was young.</summary>
/// <remarks>A class, like all that the up-to-date check handles: collections of classes are compiled already, those of our structures would be compiled in every build.</remarks>
/// <param name="Size">Bytes; for a folder whatever the file system reports.</param>
/// <param name="Modified">Last change of the content, in nanoseconds since 1970 (UTC).</param>
/// <param name="Changed">Last change of content or attributes, in nanoseconds; 0 where unknown, and for a file with several hard links, because making or removing another link moves it.</param>
/// <param name="Inode">Number of the file in its file system; 0 where unknown.</param>
public sealed record FileStamp(long Size, long Modified, long Changed, ulong Inode)
{
    /// <summary>A file written this short before it was read may change again within the clock's resolution, in nanoseconds.</summary>
    const long Resolution = 1_000_000_000;

    /// <summary>Reads the stamp of a file or folder, following links; null if there is none.</summary>
    public static FileStamp? Of(string path) => Of(path, long.MinValue, out _);

    /// <param name="readAt">When the content is read or was read, from <see cref="Now"/>.</param>
    /// <param name="young">The content changed less than a second before that moment, so an equal stamp later does not prove equal content.</param>
    public static FileStamp? Of(string path, long readAt, out bool young)
    {
        FileStamp? stamp = LinuxStat.IsAvailable ? LinuxStat.Read(path, out long lastChange) : PlainStat(path, out lastChange);
        young = stamp is not null && lastChange > readAt - Resolution && readAt != long.MinValue;
        return stamp;
    }

    /// <summary>The present moment in the unit of the stamps.</summary>
    public static long Now() => ToNanoseconds(DateTime.UtcNow);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Size} {Modified} {Changed} {Inode}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <returns>null if it is something else.</returns>
    public static FileStamp? Parse(ReadOnlySpan<char> text)
    {
        Span<Range> parts = stackalloc Range[5];
        if (text.Split(parts, ' ') != 4) return null;
        bool valid = long.TryParse(text[parts[0]], CultureInfo.InvariantCulture, out long size)
            & long.TryParse(text[parts[1]], CultureInfo.InvariantCulture, out long modified)
            & long.TryParse(text[parts[2]], CultureInfo.InvariantCulture, out long changed)
            & ulong.TryParse(text[parts[3]], CultureInfo.InvariantCulture, out ulong inode);
        return valid ? new FileStamp(size, modified, changed, inode) : null;
    }

    /// <summary>The way of every platform: no inode and no change time, so a restored modification time hides a change.</summary>
    internal static FileStamp? PlainStat(string path, out long lastChange)
    {
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        lastChange = info.Exists ? ToNanoseconds(info.LastWriteTimeUtc) : 0;
        return info.Exists ? new FileStamp((info as FileInfo)?.Length ?? 0, lastChange, 0, 0) : null;
    }

    static long ToNanoseconds(DateTime time) => (time.Ticks - DateTime.UnixEpoch.Ticks) * 100;
}
