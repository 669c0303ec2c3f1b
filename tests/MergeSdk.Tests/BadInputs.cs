using System.Security.Cryptography;

namespace MergeSdk.Tests;

public sealed class BadInputs
{
    [Fact]
    public void GitLfsPointerIsMRG0204()
    {
        using MergeProject project = MergeProject.WithOneRecipe();
        project.Write("models/b/model.safetensors", "version https://git-lfs.github.com/spec/v1\noid sha256:" + new string('a', 64) + "\nsize 12345\n");
        project.Build().Fails().Says("models/b/model.safetensors(1,1): error MRG0204").Says("git lfs pull");
        Assert.False(Directory.Exists(project["bin/x"]));
    }

    [Fact]
    public void ContentThatDiffersFromItsPinIsMRG0203()
    {
        using MergeProject project = new("""<MergeInput Include="models/b" Alias="second" Sha256="$(Pin)" />""");
        project.AddModel("a", "llama-a").AddModel("b", "llama-b").AddRecipe("x", second: "second");
        string pin = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(project["models/b/model.safetensors"])));
        project.Build($"-p:Pin={pin}").Succeeds().Says("x: merged");
        project.Build($"-p:Pin={pin}").Succeeds().Plans(1, 0);
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        project.Build($"-p:Pin={new string('0', 64)}").Fails().Says("error MRG0203").Says(pin);
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
    }

    [Fact]
    public void OutputFolderThatIsAFileIsMRG0605()
    {
        using MergeProject project = MergeProject.WithOneRecipe();
        project.Write("bin", "");
        project.Build().Fails().Says("error MRG0605");
    }

    [SkippableFact]
    public void ReadOnlyOutputFolderKeepsTheLastOutput()
    {
        Skip.If(Environment.IsPrivilegedProcess, "permissions do not bind this user");
        if (OperatingSystem.IsWindows()) return;
        using MergeProject project = MergeProject.WithOneRecipe();
        project.Build().Succeeds();
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        project.ChangeWeight("b");
        UnixFileMode mode = File.GetUnixFileMode(project["bin"]);
        File.SetUnixFileMode(project["bin"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        project.Build().Fails().Says("error MRG0605");
        File.SetUnixFileMode(project["bin"], mode);
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
        project.Build().Succeeds().Plans(0, 1);
    }

    [Fact]
    public void ValueThatIsNoNumberIsMRG0004()
    {
        using MergeProject project = MergeProject.WithOneRecipe();
        project.Build("-p:MergeThreads=many").Fails().Says("P.mergeproj(1,1): error MRG0004: MergeThreads is 'many'");
    }

    [Fact]
    public void MissingToolsAreMRG0001()
    {
        using MergeProject project = MergeProject.WithOneRecipe();
        project.Build("-p:MergeTasksAssembly=/none/MergeTasks.dll").Fails().Says("error MRG0001");
        project.Build("-p:MergeWorkerAssembly=/none/MergeWorker.dll").Fails().Says("error MRG0003");
    }
}
