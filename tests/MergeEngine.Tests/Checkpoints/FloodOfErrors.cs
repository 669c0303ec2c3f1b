using System.Text;
using System.Text.Json;
using MergeEngine.Adapters;
using MergeEngine.Checkpoints;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Files whose every entry is wrong, or whose one entry is as long as a file can be.</summary>
public class FloodOfErrors
{
    [Fact]
    public void NamesAHundredMissingShards()
    {
        using var folder = new TemporaryFolder();
        string index = JsonSerializer.Serialize(new { weight_map = Enumerable.Range(0, 2000).ToDictionary(i => $"t{i}", i => $"s{i}.safetensors") });
        folder.With(ShardIndex.FileName, Encoding.UTF8.GetBytes(index));
        Assert.Equal(100, Formats.Errors(() => Checkpoint.Open(folder.FullPath)).Count(error => error.Code == "MRG0206"));
    }

    [Theory]
    [InlineData("(", "MRG0287")]
    [InlineData("", "MRG0284")]
    public void NamesAHundredPatterns(string start, string code)
    {
        string config = JsonSerializer.Serialize(new { peft_type = "LORA", r = 4, lora_alpha = 8, rank_pattern = Enumerable.Range(0, 2000).ToDictionary(i => $"{start}{i}", i => start == "" ? -1 : 4) });
        Assert.Equal(100, Formats.Errors(() => AdapterConfigReader.Parse(Encoding.UTF8.GetBytes(config), "a")).Count(error => error.Code == code));
    }

    [Fact]
    public void KeepsStartAndEndOfALongText()
    {
        using var folder = new TemporaryFolder().With("r.yml", Encoding.UTF8.GetBytes($"merge_method: linear\nmodels:\n  - {{model: a, parameters: {{weight: {new string('9', 100_000)}}}}}\n"));
        var error = Assert.Single(Formats.Errors(() => RecipeFile.Read(folder["r.yml"])), error => error.Code == "MRG0131");
        Assert.InRange(error.Text.Length, 1000, 5000);
        Assert.StartsWith("'weight' is the number 999", error.Text, StringComparison.Ordinal);
        Assert.EndsWith("expected a finite number.", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void ShowsPythonsInfinityAsItStands()
    {
        var error = Assert.Single(Formats.Errors(() => AdapterConfigReader.Parse("{\"peft_type\": \"LORA\", \"r\": 4, \"lora_alpha\": -Infinity}"u8, "a")));
        Assert.Contains("'lora_alpha' is -Infinity;", error.Text, StringComparison.Ordinal);
    }
}
