namespace MergeEngine.Tests;

/// <summary>Where the files that tests read are.</summary>
static class TestData
{
    /// <summary>The folder that holds MergeSdk.sln.</summary>
    public static string Repository { get; } = FindRepository(AppContext.BaseDirectory);

    /// <summary>tests/data: golden cases, models, formats.</summary>
    public static string Folder { get; } = Path.Combine(Repository, "tests", "data");

    static string FindRepository(string directory) =>
        File.Exists(Path.Combine(directory, "MergeSdk.sln")) ? directory : FindRepository(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(directory))!);
}
