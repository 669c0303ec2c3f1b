namespace MergeSdk.Tests;

/// <summary>What a dotnet command printed, and how it ended.</summary>
sealed record BuildResult(int ExitCode, string Output)
{
    public BuildResult Succeeds()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }

    public BuildResult Fails()
    {
        Assert.True(ExitCode != 0, Output);
        return this;
    }

    public BuildResult Says(string text)
    {
        Assert.Contains(text, Output);
        return this;
    }

    public BuildResult DoesNotSay(string text)
    {
        Assert.DoesNotContain(text, Output);
        return this;
    }

    public BuildResult Plans(int upToDate, int toRun) => Says($"merge plan: {upToDate} up to date, 0 from cache, {toRun} to run");
}
