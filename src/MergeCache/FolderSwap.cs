namespace MergeCache;

/// <summary>Puts a finished folder in the place of an older one: at every moment one of them is there, whole.</summary>
public static class FolderSwap
{
    /// <summary>Name of the older folder between the two renames of the plain way.</summary>
    static string Aside(string target) => Hidden(target, "old");

    /// <summary>A new hidden folder next to the target, on the same file system, in which it can be made. The name of the model comes first so that <see cref="Sweep"/> finds it.</summary>
    public static string CreateStaging(string target)
    {
        string staging = Hidden(target, $"{Environment.ProcessId}-{Guid.NewGuid():N}.part");
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
        }
        else if (exchange(staging, target))
        {
            Remove(staging);
        }
        else
        {
            Directory.Move(target, Aside(target));
            Directory.Move(staging, target);
            Remove(Aside(target));
        }
    }

    /// <summary>Finishes or undoes what a killed process left of a target. Call it only while no other process can be at work on that target.</summary>
    public static void Sweep(string target)
    {
        if (Directory.Exists(Aside(target)))
        {
            if (Directory.Exists(target)) Remove(Aside(target));
            else Directory.Move(Aside(target), target);
        }
        string parent = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(parent)) return;
        foreach (string folder in Directory.GetDirectories(parent, ".*.part"))
            if (IsStagingOf(Path.GetFileName(folder), Path.GetFileName(target))) Remove(folder);
    }

    /// <summary>Names of the targets that have staging folders or older folders in an output directory.</summary>
    public static IReadOnlySet<string> Unfinished(string outputDirectory)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (!Directory.Exists(outputDirectory)) return names;
        foreach (string folder in Directory.GetDirectories(outputDirectory, ".*"))
        {
            string name = Path.GetFileName(folder);
            if (name.EndsWith(".old", StringComparison.Ordinal)) names.Add(name[1..^4]);
            else if (StagingSuffix(name) is int start) names.Add(name[1..start]);
        }
        return names;
    }

    static bool IsStagingOf(string folder, string target) => StagingSuffix(folder) is int start && folder.AsSpan(1, start - 1).SequenceEqual(target);

    /// <summary>Where ".(process)-(32 hexadecimal digits).part" starts; null if the name is not of that form.</summary>
    static int? StagingSuffix(string name)
    {
        if (!name.EndsWith(".part", StringComparison.Ordinal)) return null;
        int dash = name.Length - ".part".Length - 33;
        int dot = dash > 1 && name[dash] == '-' ? name.LastIndexOf('.', dash) : -1;
        return dot > 1 ? dot : null;
    }

    static string Hidden(string target, string suffix) =>
        Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{suffix}");

    static void Remove(string folder) => Directory.Delete(folder, recursive: true);
}
