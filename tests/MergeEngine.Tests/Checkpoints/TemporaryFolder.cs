namespace MergeEngine.Tests.Checkpoints;

/// <summary>An empty folder that is gone after the test.</summary>
sealed class TemporaryFolder : IDisposable
{
    public string FullPath { get; } = Directory.CreateTempSubdirectory("mergesdk-").FullName;

    public string this[string name] => Path.Combine(FullPath, name);

    /// <summary>Copies the files of a folder of tests/data/formats.</summary>
    public TemporaryFolder With(string formatsFolder)
    {
        foreach (string file in Directory.EnumerateFiles(Formats.Path(formatsFolder))) File.Copy(file, this[Path.GetFileName(file)]);
        return this;
    }

    public TemporaryFolder With(string name, byte[] content)
    {
        File.WriteAllBytes(this[name], content);
        return this;
    }

    public IReadOnlyList<string> Names => [.. Directory.EnumerateFiles(FullPath).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
