namespace MergeBench;

/// <summary>Folders of the repository that this program was built in.</summary>
static class Repository
{
    /// <summary>The folder that holds MergeSdk.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Where benchmarks keep their data; ignored by git, kept between runs.</summary>
    public static string Data { get; } = Path.Combine(Root, "artifacts", "bench");

    public static string Results { get; } = Path.Combine(Root, "bench", "results");

    static string Find(string directory) =>
        File.Exists(Path.Combine(directory, "MergeSdk.sln")) ? directory : Find(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(directory))!);
}
