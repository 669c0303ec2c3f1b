using System.Globalization;

namespace MergeBench;

/// <summary>What the recipes of the Quickstart, up to date, add to a build of the same project without recipes.</summary>
static class NoopBenchmark
{
    const string UpToDate = "0 from cache, 0 to run";

    static readonly string[] Header = ["Build", "Wall s (median)", "CPU s (median)", "Fastest s"];

    public static void Run(Arguments arguments)
    {
        string folder = arguments.Text("--folder", Repository.Data);
        int repetitions = arguments.Number("--repetitions", 15);
        string with = Prepare(Path.Combine(folder, "noop", "five-recipes"), "recipes/*.yml");
        string without = Prepare(Path.Combine(folder, "noop", "no-recipes"), "none/*.yml");
        if (!Build(with).Output.Contains(UpToDate, StringComparison.Ordinal))
            throw new InvalidOperationException($"a second build does not say '{UpToDate}'");
        List<Usage> busy = [], idle = [];
        for (int i = 0; i < repetitions; i++)
        {
            idle.Add(Build(without));
            busy.Add(Build(with));
        }
        double added = Report.Median(busy.Select(run => run.Wall)) - Report.Median(idle.Select(run => run.Wall));
        string facts = string.Create(CultureInfo.InvariantCulture,
            $"`dotnet build --no-restore`, {repetitions} of each, in turn. Five recipes that are up to date add {added * 1000:f0} ms to the median.");
        Report.Write(arguments, "noop", facts, Header, [Row("five recipes, up to date", busy), Row("no recipes", idle)]);
    }

    /// <summary>A project beside a copy of the Quickstart's models and recipes, built once.</summary>
    static string Prepare(string folder, string recipes)
    {
        string sample = Path.Combine(Repository.Root, "samples", "Quickstart"), build = Path.Combine(Repository.Root, "build");
        foreach (string part in new[] { "models", "recipes" }) Copy(Path.Combine(sample, part), Path.Combine(folder, part));
        File.WriteAllText(Path.Combine(folder, "Noop.mergeproj"),
            $"""
            <Project>
              <Import Project="{build}/MergeSdk.Source.props" />
              <ItemGroup>
                <MergeRecipe Include="{recipes}" />
              </ItemGroup>
              <Import Project="{build}/MergeSdk.Source.targets" />
            </Project>

            """);
        MeasuredProcess.Run(folder, Environment.ProcessPath!, "build");
        return folder;
    }

    static Usage Build(string folder) => MeasuredProcess.Run(folder, Environment.ProcessPath!, "build", "--no-restore");

    static void Copy(string source, string target)
    {
        foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (!File.Exists(copy)) File.Copy(file, copy);
        }
    }

    static string[] Row(string name, List<Usage> runs) =>
        [name, $"{Report.Median(runs.Select(run => run.Wall)):f3}", $"{Report.Median(runs.Select(run => run.Cpu)):f3}", $"{runs.Min(run => run.Wall):f3}"];
}
