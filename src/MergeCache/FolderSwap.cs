namespace MergeCache;

/// <summary>Puts a finished folder in the place of an older one: at every moment one of them is there, whole.</summary>
/// <remarks>The caller holds a lock for the owner, so what is found of an owner when the lock is taken was left by a process that is gone.</remarks>
public static class FolderSwap
{
    const string StagingEnd = ".part";

    /// <summary>Makes a new hidden folder, on the same file system as the target, in which the next content grows.</summary>
    /// <param name="owner">Whose lock is held.</param>
    public static string CreateStaging(string outputDirectory, string owner)
    {
        string staging = Path.Combine(outputDirectory, $".{owner}.{Environment.ProcessId}-{Guid.NewGuid():N}{StagingEnd}");
        Directory.CreateDirectory(staging);
        return staging;
    }

    /// <summary>Makes the staging folder the target; the older target, if any, is removed.</summary>
    public static void Commit(string staging, string target) => Commit(staging, target, LinuxRename.TryExchange);

    /// <param name="exchange">Swaps two folders in one step; false if the system cannot.</param>
    internal static void Commit(string staging, string target, Func<string, string, bool> exchange)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(staging, target);
            return;
        }
        if (!exchange(staging, target))
        {
            Directory.Move(target, Aside(target));
            Directory.Move(staging, target);
            staging = Aside(target);
        }
        Directory.Delete(staging, recursive: true);
    }

    /// <summary>Undoes or finishes the two renames of <see cref="Commit(string, string)"/> where a process was killed between them.</summary>
    public static void Recover(string target)
    {
        if (!Directory.Exists(Aside(target))) return;
        if (Directory.Exists(target)) Directory.Delete(Aside(target), recursive: true);
        else Directory.Move(Aside(target), target);
    }

    /// <summary>Removes the staging folders that killed processes left.</summary>
    public static void RemoveStaging(string outputDirectory, string owner)
    {
        if (!Directory.Exists(outputDirectory)) return;
        foreach (string folder in Directory.GetDirectories(outputDirectory, "." + owner + ".*" + StagingEnd))
            if (OwnerOf(Path.GetFileName(folder)) == owner) Directory.Delete(folder, recursive: true);
    }

    /// <summary>Whoever has staging folders.</summary>
    public static IReadOnlySet<string> Owners(string outputDirectory)
    {
        var owners = new HashSet<string>(StringComparer.Ordinal);
        if (!Directory.Exists(outputDirectory)) return owners;
        foreach (string folder in Directory.GetDirectories(outputDirectory, ".*" + StagingEnd))
            if (OwnerOf(Path.GetFileName(folder)) is { } owner) owners.Add(owner);
        return owners;
    }

    /// <summary>The owner in ".owner.(process)-(32 digits).part"; null if the name is not of that form.</summary>
    static string? OwnerOf(string name)
    {
        int dash = name.Length - StagingEnd.Length - 33;
        int dot = dash > 1 && name[dash] == '-' ? name.LastIndexOf('.', dash) : -1;
        return dot > 1 ? name[1..dot] : null;
    }

    /// <summary>Where the older target is between the two renames.</summary>
    static string Aside(string target) => Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.old");
}
