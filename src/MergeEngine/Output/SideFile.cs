using System.IO.Enumeration;
using MergeEngine.Checkpoints;

namespace MergeEngine.Output;

/// <summary>A file of the donor that is copied into the output: tokenizer, templates, processors, licence.</summary>
/// <param name="Name">Name in the output, with '/' between folder and file.</param>
/// <param name="Path">Full path of the file to read.</param>
public sealed record SideFile(string Name, string Path)
{
    /// <summary>The longest file that is copied: tokenizers of large vocabularies have some 30 MB.</summary>
    public const long MostBytes = 1L << 28;

    /// <summary>Patterns of names. Code is never copied, so that a merged model runs nothing of the donor's.</summary>
    static readonly string[] Patterns =
    [
        "tokenizer_config.json", "special_tokens_map.json", "tokenizer.json", "tokenizer.model", "added_tokens.json", "merges.txt", "vocab.json", "vocab.txt",
        "spiece.model", "sentencepiece.bpe.model", "sentencepiece.model", "*.tiktoken", "tekken.json", "bpe.codes", "dict.txt",
        "chat_template.jinja", "chat_template.json", "additional_chat_templates/*.jinja", "generation_config.json",
        "preprocessor_config.json", "processor_config.json", "video_preprocessor_config.json", "normalizer.json",
        "modules.json", "sentence_bert_config.json", "config_sentence_transformers.json", "?_Pooling/config.json", "?_Normalize/config.json",
    ];

    static readonly string[] LicenseStems = ["LICENSE*", "LICENCE*", "NOTICE*", "COPYING*", "USE_POLICY*"];

    static readonly string[] LicenseEndings = ["", ".txt", ".md"];

    /// <summary>The side files that a donor has, in ordinal order of their names.</summary>
    /// <param name="directory">The donor's folder.</param>
    /// <param name="more">Names that its architecture adds.</param>
    /// <exception cref="MergeException">MRG0204: a file is a Git LFS pointer. MRG0258: a file is too large, or a link that leaves the folder. MRG0209: the folder cannot be read. All errors.</exception>
    public static IReadOnlyList<SideFile> Of(string directory, IReadOnlyList<string> more)
    {
        List<SideFile> files = [.. Candidates(directory).Where(name => IsWanted(name, more)).Order(StringComparer.Ordinal)
            .Select(name => new SideFile(name, System.IO.Path.Combine(directory, name)))];
        List<Diagnostic> errors = [.. files.Select(file => file.Problem(directory)).OfType<Diagnostic>()];
        return errors.Count == 0 ? files : throw new MergeException(errors);
    }

    /// <summary>Files in the folder and in its subfolders, not deeper.</summary>
    static IEnumerable<string> Candidates(string directory)
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory).Select(file => System.IO.Path.GetFileName(file)),
                .. Directory.EnumerateDirectories(directory).SelectMany(folder => Directory.EnumerateFiles(folder)
                    .Select(file => $"{System.IO.Path.GetFileName(folder)}/{System.IO.Path.GetFileName(file)}"))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(directory, error.Message));
        }
    }

    static bool IsWanted(string name, IReadOnlyList<string> more) =>
        Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false) && pattern.Contains('/') == name.Contains('/'))
        || more.Contains(name)
        || (LicenseStems.Any(stem => FileSystemName.MatchesSimpleExpression(stem, name)) && !name.Contains('/')
            && LicenseEndings.Contains(System.IO.Path.GetExtension(name).ToLowerInvariant()));

    Diagnostic? Problem(string directory)
    {
        try
        {
            FileInfo target = Target();
            if (!IsInside(target.FullName, directory)) return Errors.SideFileLeavesFolder(this, target.FullName);
            if (!target.Exists) return Errors.FileNotReadable(Path, $"it is a link to '{target.FullName}', which is no file.");
            if (target.Length > MostBytes) return Errors.SideFileTooLarge(this, target.Length);
            return GitLfsPointer.Is(Path) ? Errors.GitLfsPointer(Path) : null;
        }
        catch (IOException error)
        {
            return Errors.FileNotReadable(Path, error.Message);
        }
    }

    /// <summary>The file itself: links of the file and of its subfolder followed.</summary>
    FileInfo Target()
    {
        string folder = Name.Contains('/') && Directory.GetParent(Path)?.ResolveLinkTarget(returnFinalTarget: true) is { } real
            ? System.IO.Path.Combine(real.FullName, System.IO.Path.GetFileName(Path))
            : Path;
        var file = new FileInfo(folder);
        return new FileInfo(file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file.FullName);
    }

    /// <summary>True below the folder, and for the hub's cache, whose snapshots link to blobs beside them.</summary>
    static bool IsInside(string file, string directory)
    {
        string folder = new DirectoryInfo(directory).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? System.IO.Path.GetFullPath(directory);
        return Below(file, folder)
            || Below(file, System.IO.Path.GetFullPath(directory))
            || (Directory.GetParent(folder) is { Name: "snapshots", Parent: { } repository } && Below(file, System.IO.Path.Combine(repository.FullName, "blobs")));
    }

    static bool Below(string file, string folder) =>
        file.StartsWith(System.IO.Path.TrimEndingDirectorySeparator(folder) + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
