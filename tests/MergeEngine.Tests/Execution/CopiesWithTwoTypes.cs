namespace MergeEngine.Tests.Execution;

/// <summary>Passthrough where <c>dtype</c> and <c>out_dtype</c> differ: mergekit converts when it reads, and again when it writes.</summary>
public sealed class CopiesWithTwoTypes : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("copies-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>The model of the same weights that is stored in the first type shows what the first conversion gives.</summary>
    [Theory]
    [InlineData("bfloat16", "float32", "llama-a-bf16")]
    [InlineData("float16", "float32", "llama-a-fp16")]
    [InlineData("float16", "bfloat16", "llama-a-fp16")]
    public void AreConvertedToBothInTurn(string dtype, string outDtype, string converted)
    {
        var expected = Merge($"models: [{{model: models/{converted}}}]\nout_dtype: {outDtype}\n");
        var actual = Merge($"models: [{{model: models/llama-a}}]\ndtype: {dtype}\nout_dtype: {outDtype}\n");
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        Assert.All(expected, tensor => Assert.Equal(tensor.Value, actual[tensor.Key]));
    }

    /// <summary>A product is arithmetic: it is rounded once.</summary>
    [Fact]
    public void ThatAreScaledAreConvertedOnce() => Assert.Equal(
        Merge("models: [{model: models/llama-a, parameters: {scale: 0.7}}]\n"),
        Merge("models: [{model: models/llama-a, parameters: {scale: 0.7}}]\ndtype: bfloat16\nout_dtype: float32\n"));

    Dictionary<string, byte[]> Merge(string recipe)
    {
        string output = Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName;
        return RecipeTree.Of($"merge_method: passthrough\n{recipe}").MergeAtOnce(output, new MergeOptions()).ToDictionary(tensor => tensor.Key, tensor => tensor.Value.Bytes);
    }
}
