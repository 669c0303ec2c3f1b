using System.Text;
using MergeEngine.Architectures;

namespace MergeEngine.Tests.Architectures;

/// <summary>config.json: what is read, and what is refused with MRG0208.</summary>
public sealed class ConfigFile : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("config").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Missing_FailsWithMRG0208() => Assert.Equal("MRG0208", Outlines.Error(() => ModelConfig.Read(_folder)).Code);

    [Fact]
    public void Directory_FailsWithMRG0208()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "config.json"));
        Assert.Equal("MRG0208", Outlines.Error(() => ModelConfig.Read(_folder)).Code);
    }

    [Fact]
    public void LargerThan16MiB_FailsWithMRG0208()
    {
        using (FileStream file = File.Create(Path.Combine(_folder, "config.json"))) file.SetLength((16 << 20) + 1);
        Assert.Equal("MRG0208", Outlines.Error(() => ModelConfig.Read(_folder)).Code);
    }

    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("{\n  \"a\": 1,\n  \"b\": ,\n}", 3, 8)]
    [InlineData("{\"a\": 1} x", 1, 10)]
    [InlineData("[1, 2]", 1, 1)]
    [InlineData("null", 1, 1)]
    [InlineData("{\"a\": 1, \"a\": 2}", 1, null)]
    [InlineData("{\"a\": \"\\ud800\uFFFF", 1, null)]
    public void NotAnObjectOfJson_FailsWithMRG0208AtItsPlace(string text, int line, int? column)
    {
        Diagnostic error = Outlines.Error(() => ModelConfig.Parse(Encoding.UTF8.GetBytes(text), "m/config.json"));
        Assert.Equal(("MRG0208", "m/config.json", line), (error.Code, error.Position.File, error.Position.Line));
        Assert.Equal(column ?? error.Position.Column, error.Position.Column);
        Assert.DoesNotContain('\n', error.Text);
    }

    [Fact]
    public void NestedTooDeep_FailsWithMRG0208() =>
        Assert.Equal("MRG0208", Outlines.Error(() => Outlines.Config("{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}")).Code);

    [Fact]
    public void ByteOrderMarkIsSkipped() => Assert.Equal(1, ModelConfig.Parse([0xEF, 0xBB, 0xBF, .. "{\"a\": 1}"u8], "c").Integer("a"));

    [Theory]
    [InlineData("a.b", 3L)]
    [InlineData("a", null)]
    [InlineData("a.c", null)]
    [InlineData("a.b.c", null)]
    [InlineData("x", null)]
    [InlineData("text", null)]
    [InlineData("half", null)]
    public void DottedKeysFindWholeNumbers(string key, long? expected) =>
        Assert.Equal(expected, Outlines.Config("""{"a": {"b": 3}, "text": "3", "half": 0.5}""").Integer(key));

    [Fact]
    public void PythonsInfinityAndNaNAreRead()
    {
        ModelConfig config = Outlines.Config("""{"limits": [0.0, Infinity, -Infinity, NaN], "text": "Infinity \" NaN", "n": 2}""");
        Assert.Equal(2, config.Integer("n"));
        Assert.Equal("Infinity \" NaN", (string?)config.Find("text"));
        Assert.Equal(4, config.Find("limits")!.AsArray().Count);
    }
}
