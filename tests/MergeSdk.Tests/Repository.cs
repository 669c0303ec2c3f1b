namespace MergeSdk.Tests;

/// <summary>The clone that the tests run in.</summary>
static class Repository
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    /// <summary>The folder that holds MergeSdk.sln.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>Tasks and worker, built with the tests.</summary>
    public static string Tools { get; } = Path.Combine(Root, "src", "MergeTasks", "bin", Configuration) + "/";

    public static string Model(string name) => Path.Combine(Root, "tests", "data", "models", name);

    static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "MergeSdk.sln")) ? folder : Find(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(folder))!);
}
