using System.Text.RegularExpressions;

namespace MergeSdk.Tests;

/// <summary>References go one way: DESIGN.md, section 2.</summary>
public sealed partial class ProjectReferences
{
    /// <summary>What each project may see of the others.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["MergeEngine"] = [],
        ["MergeCache"] = [],
        ["MergeTorch"] = ["MergeEngine"],
        ["MergeWorker"] = ["MergeEngine", "MergeCache", "MergeTorch"],
        ["MergeTasks"] = ["MergeCache"],
        ["MergeSdk"] = [],
    };

    public static TheoryData<string> Projects => [.. Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void AreThoseOfTheDesign(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"{project} is not in the table");
        // References without the assembly only order the build.
        string[] references = [.. References().Matches(File.ReadAllText(Path.Combine(Repository.Root, "src", project, project + ".csproj")))
            .Where(match => !match.Value.Contains("ReferenceOutputAssembly=\"false\"")).Select(match => match.Groups[1].Value)];
        Assert.Subset(Allowed[project].ToHashSet(), references.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void NamespacesUsedAreThoseOfReferences(string project)
    {
        string folder = Path.Combine(Repository.Root, "src", project);
        foreach (string file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj")))
        {
            foreach (string used in Usings().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            {
                // The protocol is one set of files that both ends compile.
                bool isProtocol = project == "MergeTasks" && File.ReadAllText(file).Contains("using MergeWorker.Protocol;") && used == "MergeWorker";
                Assert.True(used == project || isProtocol || Allowed[project].Contains(used), $"{file} uses {used}");
            }
        }
    }

    [GeneratedRegex("<ProjectReference Include=\"[^\"]*/(\\w+)\\.csproj\"[^>]*>")]
    private static partial Regex References();

    [GeneratedRegex(@"^using (?:static )?(Merge\w+)", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
