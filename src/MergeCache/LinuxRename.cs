using System.Runtime.InteropServices;

namespace MergeCache;

/// <summary>Exchanges two folders in one step by renameat2(2), which no other system has.</summary>
static partial class LinuxRename
{
    const int CurrentFolder = -100;
    const uint Exchange = 2;

    /// <returns>false if the system or the file system cannot do it; nothing has changed then.</returns>
    public static bool TryExchange(string one, string other)
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return renameat2(CurrentFolder, one, CurrentFolder, other, Exchange) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int oneFolder, string one, int otherFolder, string other, uint flags);
}
