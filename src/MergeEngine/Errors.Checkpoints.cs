using System.Text;
using MergeEngine.Checkpoints;
using MergeEngine.Checkpoints.Torch;

namespace MergeEngine;

/// <summary>Folders and files of models: MRG0201-0209, and of outputs: MRG0604, MRG0605.</summary>
public static partial class Errors
{
    /// <summary>A model path is no folder.</summary>
    public static Diagnostic ModelFolderMissing(string directory) => Error("MRG0201", new(directory),
        File.Exists(directory)
            ? $"the model path {Quoted(directory)} is a file; expected the folder that holds it and the model's config.json. Name the folder."
            : $"the model folder {Quoted(directory)} does not exist. Correct the path, or download the checkpoint there.");

    /// <summary>Weight files are Git LFS pointers: the repository was cloned without their content.</summary>
    /// <param name="directory">The model's folder.</param>
    /// <param name="files">Names in it, at least one.</param>
    public static Diagnostic GitLfsPointers(string directory, IReadOnlyList<string> files) => Error("MRG0204",
        new(Path.Combine(directory, files[0])),
        $"{Few(files)} {(files.Count == 1 ? "is a Git LFS pointer" : "are Git LFS pointers")}, not weights: the repository was cloned without them. " +
        $"Run in that folder: git lfs pull --include \"{Include(files)}\"");

    /// <summary>A file beside the weights is a Git LFS pointer.</summary>
    public static Diagnostic GitLfsPointer(string file) => Error("MRG0204", new(file),
        $"this is a Git LFS pointer, not the file itself: the repository was cloned without it. Run in that folder: git lfs pull --include \"{Include([Path.GetFileName(file)])}\"");

    /// <summary>A shard that the index lists does not exist.</summary>
    public static Diagnostic ShardMissing(SourcePosition position, string shard, int tensors) => Error("MRG0206", position,
        $"shard {Quoted(shard)} is listed for {Count(tensors, "tensor")} but does not exist. Copy it next to the index, or download the checkpoint again.");

    /// <summary>A model folder has no weights in a format that is read.</summary>
    /// <param name="directory">The model's folder.</param>
    /// <param name="others">Names of weight files in it that are not read.</param>
    public static Diagnostic NoWeights(string directory, IReadOnlyList<string> others) => Error("MRG0207", new(directory),
        $"the folder holds no weights: expected model.safetensors, pytorch_model.bin or an index of one of them{NotRead(others)}");

    /// <summary>A model file cannot be read, or is no longer as it was when the merge was planned.</summary>
    public static Diagnostic FileNotReadable(string file, string reason) => Error("MRG0209", new(file),
        $"the file cannot be read: {OneLine(reason)} Check that it is a file, that this user may read it, and that nothing writes to it while it is merged.");

    /// <summary>The disk of the output folder is full.</summary>
    public static Diagnostic DiskFull(string file, long length) => Error("MRG0604", new(file),
        $"the disk is full: this file needs {length} bytes. Free space, or move the output folder to another disk; the previous output is unchanged.");

    /// <summary>The output folder or a file in it cannot be written.</summary>
    public static Diagnostic OutputNotWritable(string file, string reason) => Error("MRG0605", new(file),
        $"the output cannot be written: {OneLine(reason)} Make the folder writable for this user, or choose another output folder.");

    /// <summary>Names go into a command that people paste into a shell, so unusual ones do not.</summary>
    static string Include(IReadOnlyList<string> files) =>
        files.Count <= 5 && files.All(file => file.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '/'))
            ? string.Join(',', files)
            : "*.safetensors";

    static string NotRead(IReadOnlyList<string> others)
    {
        if (others.Count == 0) return ". Download the checkpoint there, or correct the path.";
        string found = $"; found {Few(others)}";
        if (others[0].EndsWith(".safetensors", StringComparison.Ordinal)) return $"{found}. Rename a single file to model.safetensors; several files need their index, download it too.";
        return TorchFile.Extensions.Contains(Path.GetExtension(others[0]))
            ? $"{found}. Rename a single file to pytorch_model.bin; several files need their index, download it too."
            : $"{found}, a format that is not read yet. Convert it: load it in Python and save it with safe_serialization=True.";
    }

    /// <summary>Ends MRG0209 for a file that lost bytes.</summary>
    internal static string CutShort(TensorInfo tensor, long found) =>
        $"it ends at byte {found}, but tensor {Quoted(tensor.Name)} ended at byte {tensor.Offset + tensor.Length} when its header was read.";

    static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    /// <summary>The first five names, and how many more there are.</summary>
    static string Few(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(5).Select(Quoted)) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");

    /// <summary>Text from a file, safe to print: one line, no control characters, at most 200 characters.</summary>
    static string Quoted(string text) => $"'{OneLine(text.Length <= 200 ? text : string.Concat(text.AsSpan(0, 200), "..."))}'";

    internal static string OneLine(string text)
    {
        if (!text.Any(char.IsControl)) return text;
        var line = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            if (char.IsControl(c)) line.Append($"\\u{(int)c:x4}");
            else line.Append(c);
        }
        return line.ToString();
    }
}
