namespace MergeCache.Tests;

/// <summary>A folder for one test, removed with it.</summary>
sealed class TemporaryFolder : IDisposable
{
    readonly string path = Directory.CreateTempSubdirectory("mergesdk-").FullName;

    public string this[string name] => Path.Combine(path, name);

    public override string ToString() => path;

    public string Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}
