using System.Diagnostics;

namespace MergeSdk.Tests;

/// <summary>A build that takes a while, disturbed.</summary>
public sealed class ManyRecipes : IDisposable
{
    const int Count = 150;
    readonly MergeProject project = new();

    public ManyRecipes()
    {
        project.AddModel("a", "llama-a").AddModel("b", "llama-b");
        for (int i = 0; i < Count; i++) project.AddRecipe($"r{i:000}", weight: $"0.{i + 1:000}");
        project.Dotnet("restore").Succeeds();
    }

    public void Dispose() => project.Dispose();

    [SkippableTheory]
    [InlineData("INT", false)]
    [InlineData("TERM", false)]
    [InlineData("KILL", false)]
    [InlineData("KILL", true)]
    public void StoppedBuildLeavesWholeModelsAndNoProcess(string signal, bool toTheWorker)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "sends signals and reads /proc");
        using Command build = StartAndWaitForModels(3);
        int target = toTheWorker ? Assert.Single(Workers()) : build.Id;
        Process.Start("kill", [$"-{signal}", $"{target}"]).WaitForExit();
        BuildResult result = build.Wait();
        if (signal != "TERM") result.Fails();
        Assert.True(SpinWait.SpinUntil(() => Workers().Length == 0, TimeSpan.FromSeconds(10)), "a worker lives on");
        int models = WholeModels();
        Assert.InRange(models, 3, Count - 1);
        project.Dotnet("build", "--no-restore").Succeeds();
        Assert.Equal(Count, WholeModels());
        Assert.Empty(Directory.GetDirectories(project["bin"], ".*"));
    }

    [Fact]
    public void TwoBuildsAtOnceBothSucceed()
    {
        using Command one = project.Start("build", "--no-restore"), other = project.Start("build", "--no-restore");
        one.Wait().Succeeds();
        other.Wait().Succeeds();
        Assert.Equal(Count, WholeModels());
        project.Dotnet("build", "--no-restore").Succeeds().Plans(Count, 0);
    }

    [Fact]
    public void InputThatChangesDuringTheMergeIsMRG0209()
    {
        using Command build = StartAndWaitForModels(3);
        project.ChangeWeight("b");
        build.Wait().Fails().Says("models/b/model.safetensors(1,1): error MRG0209");
        Assert.InRange(WholeModels(), 3, Count - 1);
        project.Dotnet("build", "--no-restore").Succeeds().Plans(0, Count);
    }

    Command StartAndWaitForModels(int count)
    {
        Command build = project.Start("build", "--no-restore");
        bool started = SpinWait.SpinUntil(() => build.HasEnded || Directory.Exists(project["bin"]) && Directory.GetDirectories(project["bin"], "r*").Length >= count, TimeSpan.FromMinutes(1));
        Assert.True(started && !build.HasEnded, build.Output);
        return build;
    }

    /// <summary>Counts the models, and fails if one of them is not whole.</summary>
    int WholeModels()
    {
        string[] folders = Directory.GetDirectories(project["bin"], "r*");
        long length = new FileInfo(Path.Combine(folders[0], "model.safetensors")).Length;
        foreach (string folder in folders)
        {
            Assert.Equal(length, new FileInfo(Path.Combine(folder, "model.safetensors")).Length);
            Assert.True(File.Exists(Path.Combine(folder, "merge-manifest.json")), folder);
        }
        return folders.Length;
    }

    /// <summary>Workers of this project, by their request file.</summary>
    int[] Workers() =>
    [
        .. Directory.GetDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id > 0 && CommandLine(id) is { } line && line.Contains("MergeWorker.dll") && line.Contains(project.Root)),
    ];

    static string? CommandLine(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return null;
        }
    }
}
