using System.Globalization;

namespace MergeBench;

/// <summary>A Markdown page of results: the machine, what was measured, one table.</summary>
static class Report
{
#if DEBUG
    const string Configuration = "Debug build: not worth keeping";
#else
    const string Configuration = "Release build";
#endif

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Writes <c>DATE-NAME.md</c> into the results folder, and the same to the console.</summary>
    public static void Write(Arguments arguments, string name, string facts, string[] header, IEnumerable<string[]> rows)
    {
        name = arguments.Text("--name", name);
        string folder = Directory.CreateDirectory(arguments.Text("--results", Repository.Results)).FullName;
        string date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string[] rule = [.. header.Select(_ => "---")];
        string table = string.Join('\n', new[] { header, rule }.Concat(rows).Select(cells => $"| {string.Join(" | ", cells)} |"));
        string page = $"# {name}, {date}\n\n{Machine.Describe()}. {Configuration}.\n{facts}\n\n{table}\n";
        File.WriteAllText(Path.Combine(folder, $"{date}-{name}.md"), page);
        Console.Write(page);
    }
}
