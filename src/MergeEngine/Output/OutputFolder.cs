using System.Security.Cryptography;
using System.Text;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;

namespace MergeEngine.Output;

/// <summary>Writes the files of a merged model beside its weights. UTF-8, line feeds, no time, no paths: the same bytes everywhere.</summary>
public static class OutputFolder
{
    const int BlockBytes = 1 << 20;

    /// <summary>Writes texts, side files, README.md, the recipe and, last, merge-manifest.json. The weights are there already.</summary>
    /// <param name="directory">An existing folder, best one that nobody sees before it is whole.</param>
    /// <returns>Names of all files of the model with '/' between folder and file, weights and manifest included, in ordinal order.</returns>
    /// <exception cref="MergeException">MRG0209: a side file cannot be read or changed meanwhile. MRG0604: disk full. MRG0605: not writable.</exception>
    public static IReadOnlyList<string> Write(string directory, OutputDescription merge)
    {
        List<FileFact> files = [.. merge.WeightFiles];
        files.AddRange(merge.Texts.Select(text => WriteText(directory, text.Name, text.Text)));
        files.AddRange(merge.SideFiles.Select(file => Copy(directory, file)));
        if (merge.WriteCard) files.AddRange(Card(directory, merge));
        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        WriteText(directory, MergeManifest.FileName, MergeManifest.Text(merge, files));
        return [.. files.Select(file => file.Name).Append(MergeManifest.FileName).Order(StringComparer.Ordinal)];
    }

    static FileFact[] Card(string directory, OutputDescription merge) =>
    [
        WriteText(directory, ModelCard.FileName, ModelCard.Text(merge)),
        WriteText(directory, merge.RecipeFileName, merge.RecipeText.ReplaceLineEndings("\n").TrimEnd('\n') + "\n"),
    ];

    static FileFact WriteText(string directory, string name, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string path = Path.Combine(directory, name);
        if (name.Contains('/')) CreateFolder(Path.GetDirectoryName(path)!);
        using var file = new OutputFile(path, bytes.Length);
        file.Write(0, bytes);
        file.Close();
        file.Publish();
        return FileFact.Of(name, bytes);
    }

    /// <summary>Copies the content only: no mode bits, no times, and of a link what it points to.</summary>
    internal static FileFact Copy(string directory, SideFile source)
    {
        string path = Path.Combine(directory, source.Name);
        CreateFolder(Path.GetDirectoryName(path)!);
        using Stream input = Open(source.Path);
        long length = input.Length;
        using var file = new OutputFile(path, length);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = new byte[(int)Math.Clamp(length, 1, BlockBytes)];
        for (long offset = 0; offset < length;)
        {
            int count = Read(input, block, source.Path);
            if (count == 0 || count > length - offset) throw new MergeException(Errors.FileNotReadable(source.Path, "its length changed."));
            digest.AppendData(block, 0, count);
            file.Write(offset, block.AsSpan(0, count));
            offset += count;
        }
        file.Close();
        file.Publish();
        return new FileFact(source.Name, length, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    static void CreateFolder(string directory)
    {
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.OutputNotWritable(directory, error.Message));
        }
    }

    /// <summary>What has no bytes is not opened: it may be a named pipe, which would wait for a writer forever.</summary>
    static Stream Open(string path)
    {
        try
        {
            return PositionalFile.Length(path) == 0 ? Stream.Null : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new MergeException(Errors.FileNotReadable(path, error.Message));
        }
    }

    static int Read(Stream input, byte[] block, string path)
    {
        try
        {
            return input.Read(block);
        }
        catch (IOException error)
        {
            throw new MergeException(Errors.FileNotReadable(path, error.Message));
        }
    }
}
