using Microsoft.Build.Framework;

namespace MergeTasks;

/// <summary>Removes the folders of deleted files once nothing is left in them.</summary>
[MSBuildMultiThreadableTask]
public sealed class RemoveEmptyFolders : Microsoft.Build.Utilities.Task
{
    /// <summary>Files that were deleted.</summary>
    public ITaskItem[] DeletedFiles { get; set; } = [];

    /// <summary>Only folders below this one are removed.</summary>
    [Required]
    public string Root { get; set; } = "";

    public override bool Execute()
    {
        foreach (ITaskItem file in DeletedFiles)
        {
            string? folder = Path.GetDirectoryName(file.GetMetadata("FullPath"));
            while (folder is not null && folder.Length > Root.TrimEnd('/', '\\').Length && folder.StartsWith(Root, StringComparison.Ordinal) && TryRemove(folder))
                folder = Path.GetDirectoryName(folder);
        }
        return true;
    }

    static bool TryRemove(string folder)
    {
        try
        {
            if (!Directory.Exists(folder)) return true;
            Directory.Delete(folder);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
