using MergeEngine;

namespace MergeTorch.Tests;

/// <summary>Folders that a property names and that are not what it takes them for.</summary>
public sealed class Folders : IDisposable
{
    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("merge-torch-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void EmptyOneIsMRG0021() => Assert.Contains(TorchLibrary.FileName, Fails("MRG0021"));

    [Fact]
    public void TextInsteadOfALibraryIsMRG0022()
    {
        File.WriteAllText(Path.Combine(folder.FullName, TorchLibrary.FileName), "version https://git-lfs.github.com/spec/v1");
        Fails("MRG0022");
    }

    [Fact]
    public void AnotherLibraryIsMRG0023()
    {
        string other = Directory.EnumerateFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*System.Native.*").First(file => !file.EndsWith(".dll", StringComparison.Ordinal) || OperatingSystem.IsWindows());
        File.Copy(other, Path.Combine(folder.FullName, TorchLibrary.FileName));
        Assert.Contains(TorchLibrary.Version, Fails("MRG0023"));
    }

    string Fails(string code)
    {
        var error = Assert.Throws<MergeException>(() => TorchLibrary.Load(folder.FullName, new SourcePosition("r.yml", 2, 1), "extract_lora"));
        Diagnostic only = Assert.Single(error.Diagnostics);
        Assert.Equal(code, only.Code);
        return only.Text;
    }
}
