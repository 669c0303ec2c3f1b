using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Methods;

/// <summary>A row of method-cases.psv: a merge, what it gives, and where that number comes from.</summary>
/// <param name="Merge">Method, inputs and parameters.</param>
/// <param name="Merged">Expected elements.</param>
/// <param name="Tolerance">Largest difference, in units of the largest expected magnitude.</param>
/// <param name="DerivedBy">Source of the expected elements.</param>
sealed record MethodCase(ArrayMerge Merge, float[] Merged, double Tolerance, string DerivedBy)
{
    const string KeepName = "keep";

    /// <summary>The rows, by line number and method.</summary>
    public static IReadOnlyDictionary<string, MethodCase> All { get; } = File
        .ReadLines(Path.Combine(TestData.Repository, "tests", "MergeEngine.Tests", "Methods", "method-cases.psv"))
        .Select((line, index) => (Line: line, Number: index + 1))
        .Where(row => !row.Line.StartsWith('#') && row.Line.Length > 0)
        .ToDictionary(row => $"line {row.Number}: {row.Line.Split(" | ")[0]}", row => Parse(row.Line));

    static MethodCase Parse(string line)
    {
        string[] cells = [.. line.Split('|').Select(cell => cell.Trim())];
        Assert.Equal(8, cells.Length);
        var method = MethodRegistry.All[cells[0]];
        float[][] models = [.. cells[4].Split(';').Select(Numbers)];
        string[] perModel = cells[2].Split(';');
        var merge = new ArrayMerge(method, Shape(cells[4].Split(';')[0]), cells[3] == "-" ? null : Numbers(cells[3]), models)
        {
            Arguments = Settings(cells[1]).ToDictionary(setting => setting.Name, setting => method.Spec.Value(setting.Name, setting.Value)),
            PerModel = [.. perModel.Select(group => Settings(group).Where(setting => setting.Name != KeepName)
                .ToDictionary(setting => setting.Name, setting => method.Spec.Value(setting.Name, setting.Value)))],
            Keep = [.. perModel.SelectMany(Settings).Where(setting => setting.Name == KeepName).Select(setting => setting.Value.Select(digit => digit == '1').ToArray())],
        };
        return new MethodCase(merge, Numbers(cells[5]), double.Parse(cells[6], CultureInfo.InvariantCulture), cells[7]);
    }

    static IEnumerable<(string Name, string Value)> Settings(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).Select(parts => (parts[0], parts[1]));

    static float[] Numbers(string text) =>
        [.. text.Split([' ', '/'], StringSplitOptions.RemoveEmptyEntries).Select(number => float.Parse(number, CultureInfo.InvariantCulture))];

    static TensorShape Shape(string text)
    {
        string[] rows = text.Split('/');
        int columns = Numbers(rows[0]).Length;
        return rows.Length == 1 ? new TensorShape(columns) : new TensorShape(rows.Length, columns);
    }
}
