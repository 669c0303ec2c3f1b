using System.Text;
using System.Text.Json;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Folders of sharded/bad, and indexes made to mislead.</summary>
public class BadShardIndex
{
    [Theory]
    [InlineData("missing-shard", "MRG0206", 8, "'model-00002-of-00003.safetensors' is listed for 3 tensors but does not exist")]
    [InlineData("path-traversal", "MRG0236", 11, "'model.norm.weight' is '../../good/model-00003-of-00003.safetensors'")]
    [InlineData("absolute-path", "MRG0236", 11, "'/nonexistent/model.safetensors'")]
    [InlineData("backslash-path", "MRG0236", 11, "model-00003-of-00003.safetensors'")]
    [InlineData("tensor-not-in-shard", "MRG0237", 11, "'model.norm.weight' in shard 'model-00001-of-00003.safetensors'")]
    [InlineData("tensor-not-anywhere", "MRG0237", 13, "'model.layers.2.input_layernorm.weight' in shard 'model-00002-of-00003.safetensors'")]
    [InlineData("no-weight-map", "MRG0234", 1, "no weight_map")]
    [InlineData("index-not-json", "MRG0233", 1, "not a JSON object")]
    [InlineData("shard-name-number", "MRG0235", 3, "'model.norm.weight' is the number 3")]
    public void Fails(string name, string code, int line, string text)
    {
        string folder = Formats.Path("sharded", "bad", name);
        var error = Assert.Single(Formats.Errors(() => Checkpoint.Open(folder)), error => error.Code == code);
        Assert.Contains(text, error.Text, StringComparison.Ordinal);
        Assert.Equal((Path.Combine(folder, ShardIndex.FileName), line), (error.Position.File, error.Position.Line));
    }

    [Theory]
    [InlineData("wrong-total-size", "MRG0239", "total_size is 1, but the tensors have 1608 bytes")]
    [InlineData("tensor-not-in-index", "MRG0238", "'model.norm.weight'")]
    [InlineData("same-tensor-twice", "MRG0238", "ignored")]
    public void Warns(string name, string code, string text)
    {
        var warnings = Checkpoint.Open(Formats.Path("sharded", "bad", name)).Warnings;
        var warning = Assert.Single(warnings, warning => warning.Code == code);
        Assert.Equal(Severity.Warning, warning.Severity);
        Assert.Contains(text, warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void IsCoveredWhole()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Formats.Path("sharded", "cases.json")));
        foreach (var entry in cases.RootElement.EnumerateArray())
        {
            string folder = Formats.Path("sharded", entry.GetProperty("folder").GetString()!);
            bool accepted = Record.Exception(() => Checkpoint.Open(folder)) is null;
            Assert.Equal(entry.GetProperty("expected").GetString()!.StartsWith("accept", StringComparison.Ordinal), accepted);
        }
    }

    [Fact]
    public void TheIndexDecidesWhichOfTwoTensorsCounts()
    {
        var tensor = Checkpoint.Open(Formats.Path("sharded", "bad", "same-tensor-twice")).Tensors["model.norm.weight"];
        Assert.Equal("model-00003-of-00003.safetensors", Path.GetFileName(tensor.File));
    }

    [Theory]
    [InlineData("[]", "MRG0233")]
    [InlineData("", "MRG0233")]
    [InlineData("{\"weight_map\":{\"a\":\"b\"}} x", "MRG0233")]
    [InlineData("{\"weight_map\":{\"a\\ud800\":\"b\"}}", "MRG0233")]
    [InlineData("{\"weight_map\":[]}", "MRG0234")]
    [InlineData("{\"weight_map\":{}}", "MRG0234")]
    [InlineData("{\"weight_map\":{\"a\":null}}", "MRG0235")]
    [InlineData("{\"weight_map\":{\"a\":{\"b\":1}}}", "MRG0235")]
    [InlineData("{\"weight_map\":{\"a\":\"\"}}", "MRG0236")]
    [InlineData("{\"weight_map\":{\"a\":\".\"}}", "MRG0236")]
    [InlineData("{\"weight_map\":{\"a\":\"x/../../b\"}}", "MRG0236")]
    [InlineData("{\"weight_map\":{\"a\":\"C:b\"}}", "MRG0236")]
    [InlineData("{\"weight_map\":{\"a\":\"b\\u0000\"}}", "MRG0236")]
    [InlineData("{\"weight_map\":{\"a\":\"b\",\"a\":\"c\"}}", "MRG0218")]
    [InlineData("{\"weight_map\":{\"a\":\"b\"},\"weight_map\":{\"c\":\"d\"}}", "MRG0218")]
    public void TextFails(string json, string code)
    {
        var errors = new List<Diagnostic>();
        Assert.Null(ShardIndex.Parse(Encoding.UTF8.GetBytes(json), "/index.json", errors));
        Assert.Equal(code, Assert.Single(errors).Code);
    }

    [Fact]
    public void ErrorsOfIndexLinesComeTogether()
    {
        var errors = new List<Diagnostic>();
        ShardIndex.Parse("{\n\"weight_map\": {\n  \"é\": \"..\", \"b\": 1,\n\n \"c\": \"/x\"}}"u8, "/index.json", errors);
        Assert.Equal([(3, 3), (3, 14), (5, 2)], errors.Select(error => (error.Position.Line, error.Position.Column)));
    }

    [Fact]
    public void ByteOrderMarkAndUnknownKeysAreAccepted()
    {
        var index = ShardIndex.Parse("\uFEFF{\"x\":[{}],\"metadata\":{\"total_size\":1.5e3,\"y\":{}},\"weight_map\":{\"a\":\"sub/b.safetensors\"}}"u8, "/index.json", []);
        Assert.Equal(["sub/b.safetensors"], index!.Shards);
        Assert.Null(index.TotalSize);
    }
}
