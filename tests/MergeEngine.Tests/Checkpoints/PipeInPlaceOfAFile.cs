using System.Diagnostics;
using MergeEngine.Adapters;
using MergeEngine.Architectures;
using MergeEngine.Output;
using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>A model's folder with a named pipe that nobody writes to.</summary>
public class PipeInPlaceOfAFile
{
    [Theory]
    [InlineData("config.json", "MRG0208")]
    [InlineData("adapter_config.json", "MRG0284")]
    [InlineData("tokenizer.json", "MRG0240")]
    [InlineData("tokenizer_config.json", "MRG0240")]
    [InlineData("recipe.yml", "MRG0120")]
    public async Task IsReadAsAnEmptyOne(string name, string code)
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = WithPipe(name);
        var error = await Task.Run(() => Assert.Single(Formats.Errors(() => Read(folder, name)))).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((code, folder[name]), (error.Code, error.Position.File));
    }

    [Fact]
    public async Task IsNotWaitedForWhenItIsCopied()
    {
        if (OperatingSystem.IsWindows()) return;
        using var folder = WithPipe("generation_config.json");
        using var output = new TemporaryFolder();
        await Task.Run(() => OutputFolder.Copy(output.FullPath, Assert.Single(SideFile.Of(folder.FullPath, [])))).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(File.ReadAllBytes(output["generation_config.json"]));
    }

    static object Read(TemporaryFolder folder, string name) => name switch
    {
        "config.json" => ModelConfig.Read(folder.FullPath),
        "adapter_config.json" => AdapterConfigReader.Read(folder.FullPath),
        "recipe.yml" => RecipeFile.Read(folder[name]),
        _ => TokenizerFolder.Read(folder.FullPath),
    };

    static TemporaryFolder WithPipe(string name)
    {
        var folder = new TemporaryFolder();
        Process.Start("mkfifo", folder[name]).WaitForExit();
        return folder;
    }
}
