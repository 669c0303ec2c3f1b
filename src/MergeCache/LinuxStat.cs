using System.Runtime.InteropServices;

namespace MergeCache;

/// <summary>Reads stamps by statx(2), which gives what .NET does not: inode, link count, change time, nanoseconds.</summary>
static partial class LinuxStat
{
    const int CurrentFolder = -100;
    const uint BasicFields = 0x7ff;
    const ushort TypeMask = 0xF000;
    const ushort Folder = 0x4000;

    /// <summary>False on other systems and where the C library has no statx.</summary>
    public static bool IsAvailable { get; } = OperatingSystem.IsLinux() && HasStatx();

    /// <param name="lastChange">Change time in nanoseconds, also where the stamp leaves it out.</param>
    /// <returns>null if there is no such file, or it may not be seen.</returns>
    public static unsafe FileStamp? Read(string path, out long lastChange)
    {
        Result result;
        lastChange = 0;
        if (statx(CurrentFolder, path, 0, BasicFields, &result) != 0) return null;
        lastChange = result.Changed.Nanoseconds;
        bool otherLinks = result.Links > 1 && (result.Mode & TypeMask) != Folder;
        return new FileStamp((long)result.Size, result.Modified.Nanoseconds, otherLinks ? 0 : lastChange, result.Inode);
    }

    static bool HasStatx()
    {
        try
        {
            return Read("/", out _) is not null;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int statx(int folder, string path, int flags, uint mask, Result* result);

    /// <summary>struct statx of linux/stat.h, 256 bytes.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Result
    {
        [FieldOffset(16)] public uint Links;
        [FieldOffset(28)] public ushort Mode;
        [FieldOffset(32)] public ulong Inode;
        [FieldOffset(40)] public ulong Size;
        [FieldOffset(96)] public Time Changed;
        [FieldOffset(112)] public Time Modified;
    }

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    struct Time
    {
        long seconds;
        uint fraction;

        public readonly long Nanoseconds => seconds * 1_000_000_000 + fraction;
    }
}
