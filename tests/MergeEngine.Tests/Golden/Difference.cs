namespace MergeEngine.Tests.Golden;

/// <summary>A block of tests/data/mergekit/differences.txt: what mergekit does, what we do, and the golden cases that show it.</summary>
/// <param name="Why">Reason for the difference.</param>
/// <param name="Instead">How to get mergekit's behaviour; <c>-</c>: not at all.</param>
sealed record Difference(string Section, string Mergekit, string Here, string Why, string Instead, IReadOnlyList<Evidence> Evidence)
{
    public static IReadOnlyList<Difference> All { get; } = [.. Read()];

    /// <summary>What the golden case shows; empty where we do what mergekit does.</summary>
    public static ILookup<string, Evidence> Of { get; } = All.SelectMany(difference => difference.Evidence).ToLookup(evidence => evidence.Case);

    /// <summary>Cases with such evidence.</summary>
    public static IEnumerable<string> CasesOf(string kind) => Of.Where(case_ => case_.Any(evidence => evidence.Kind == kind)).Select(case_ => case_.Key);

    static IEnumerable<Difference> Read()
    {
        string section = "";
        foreach (string block in Text().Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (block.StartsWith("== ", StringComparison.Ordinal)) section = block["== ".Length..].Trim();
            else if (block[0] != '#') yield return Parse(section, [.. block.Trim().Split('\n')]);
        }
    }

    static string Text() => File.ReadAllText(Path.Combine(TestData.Folder, "mergekit", "differences.txt")).ReplaceLineEndings("\n");

    static Difference Parse(string section, string[] lines) => new(
        section, Value(lines[0], "mergekit: "), Value(lines[1], "here: "), Value(lines[2], "why: "), Value(lines[3], "instead: "),
        [.. lines.Skip(4).Select(line => Golden.Evidence.Parse(Value(line, "shown by: ")))]);

    static string Value(string line, string key) =>
        line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..] : throw new FormatException($"'{line}' does not start with '{key}'.");
}
