namespace MergeCache.Tests;

public sealed class States : IDisposable
{
    const string Settings = "seed 0\nmodels a\\b";
    readonly TemporaryFolder folder = new();
    readonly string input;
    readonly RecipeState state;

    public States()
    {
        input = folder.Write("in/weights", "hello");
        folder.Write("bin/x/model.safetensors", "merged");
        state = new RecipeState(Settings, ["other recipe"],
        [
            new ModelState("x", "key", "digest",
                [TrackedPath.See(input, FileStamp.Now() + 2_000_000_000), TrackedPath.See(folder["in/none"], FileStamp.Now())],
                [TrackedPath.SeeOutput(folder["bin/x"], "model.safetensors")]),
        ]);
    }

    public void Dispose() => folder.Dispose();

    bool IsCurrent(RecipeState one) => one.IsCurrent(Settings, folder["bin"], []);

    [Fact]
    public void TextFormReadsBack()
    {
        state.Write(folder["x.state"]);
        Assert.Equal(state.ToString(), RecipeState.Read(folder["x.state"])!.ToString());
        Assert.Equal(Settings, RecipeState.Read(folder["x.state"])!.Settings);
    }

    [Fact]
    public void NothingChangedIsCurrent() => Assert.True(IsCurrent(state));

    [Fact]
    public void OtherSettingsAreNot() => Assert.False(state.IsCurrent("seed 1", folder["bin"], []));

    [Fact]
    public void ChangedInputIsNot()
    {
        File.AppendAllText(input, "!");
        Assert.False(IsCurrent(state));
    }

    [Fact]
    public void InputThatAppearedIsNot()
    {
        folder.Write("in/none", "");
        Assert.False(IsCurrent(state));
    }

    [Fact]
    public void ChangedOutputIsNot()
    {
        File.AppendAllText(folder["bin/x/model.safetensors"], "!");
        Assert.False(IsCurrent(state));
    }

    [SkippableFact]
    public void OutputWithAnotherLinkIsStillCurrent()
    {
        Skip.If(OperatingSystem.IsWindows(), "uses ln");
        System.Diagnostics.Process.Start("ln", [folder["bin/x/model.safetensors"], folder["link"]]).WaitForExit();
        Assert.True(IsCurrent(state));
    }

    [Fact]
    public void OutputThatIsGoneIsNot()
    {
        File.Delete(folder["bin/x/model.safetensors"]);
        Assert.False(IsCurrent(state));
    }

    [Fact]
    public void MovedOutputIsStillThere()
    {
        Directory.Move(folder["bin"], folder["moved"]);
        Assert.False(state.Models[0].HasItsOutputs(folder["bin"]));
        Assert.True(state.Models[0].HasItsOutputs(folder["moved"]));
    }

    [Fact]
    public void ModelThatWasNeverMadeIsNot() =>
        Assert.False(IsCurrent(state with { Models = [.. state.Models, ModelState.NeverMade("y")] }));

    [Fact]
    public void CutOffFileIsIgnored()
    {
        string text = state.ToString();
        for (int length = 0; length < text.Length; length++)
            Assert.Null(RecipeState.Read(folder.Write("x.state", text[..length])));
        Assert.NotNull(RecipeState.Read(folder.Write("x.state", text)));
    }
}
