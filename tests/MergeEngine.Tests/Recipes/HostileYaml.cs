using System.Text;
using MergeEngine.Methods;
using MergeEngine.Recipes;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Tests.Recipes;

public class HostileYaml
{
    /// <summary>Ten levels of ten aliases: 10^10 nodes if written out.</summary>
    [Fact]
    public void AliasBombFailsWithMRG0113()
    {
        var text = new StringBuilder("l0: &l0 [x]\n");
        for (int level = 1; level <= 10; level++) text.Append($"l{level}: &l{level} [{string.Join(", ", Enumerable.Repeat($"*l{level - 1}", 10))}]\n");
        Assert.Equal(["MRG0113"], Codes(text.ToString()));
    }

    [Fact]
    public void MergeKeyBombFailsWithMRG0113()
    {
        var text = new StringBuilder("m0: &m0 {a: 1, b: 2}\n");
        for (int level = 1; level <= 16; level++) text.Append($"m{level}: &m{level} {{<<: [*m{level - 1}, *m{level - 1}]}}\n");
        Assert.Equal(["MRG0113"], Codes(text.ToString()));
    }

    [Fact]
    public void ManyNodesFailWithMRG0113() => Assert.Contains("MRG0113", Codes($"a: [{string.Join(',', Enumerable.Repeat('1', YamlTreeReader.MostNodes))}]"));

    [Theory]
    [InlineData(YamlTreeReader.DeepestNesting + 1)]
    [InlineData(100_000)]
    public void DeepNestingFailsWithMRG0114(int depth) => Assert.Contains("MRG0114", Codes("a: " + new string('[', depth) + new string(']', depth)));

    [Fact]
    public void AnchorWithinItselfFailsWithMRG0115() => Assert.Equal(["MRG0115@1,8"], RecipeText.Findings("a: &a [*a]\n"));

    [Fact]
    public void AnchorOfAnotherDocumentFailsWithMRG0115() => Assert.Contains("MRG0115@4,4", RecipeText.Findings("name: &a x\nb: 1\n---\nb: *a\n"));

    [Fact]
    public void NulFailsWithMRG0110() => Assert.Equal(["MRG0110@2,4"], RecipeText.Findings("a: 1\nb: \0\nmodels: []\n"));

    [Fact]
    public void HalfACharacterFailsWithMRG0110() => Assert.Equal(["MRG0110@5,14"], RecipeText.Findings(RecipeText.Linear + "name: \"\\uD83D\""));

    [Fact]
    public void LineBreakInANameKeepsTheMessageOnOneLine() =>
        Assert.DoesNotContain('\n', Assert.Single(RecipeText.Read(RecipeText.Linear + "\"a\\nb\": 1").Warnings).Text);

    [Fact]
    public void TagOfPythonFailsWithMRG0118() => Assert.Contains("MRG0118@5,7", RecipeText.Findings(RecipeText.Linear + "seed: !!python/object:os.system 1\n"));

    [Fact]
    public void MapAsKeyFailsWithMRG0117() => Assert.Contains("MRG0117@5,3", RecipeText.Findings(RecipeText.Linear + "? {a: b}\n: 1\n"));

    [Fact]
    public void OtherEncodingFailsWithMRG0110() => FileWith([0x61, 0x3a, 0x20, 0xe9, 0x0a], path => Assert.Equal("MRG0110", Error(path).Code));

    [Fact]
    public void HugeFileFailsWithMRG0112() => FileWith(new byte[RecipeFile.MostBytes + 1], path => Assert.Equal("MRG0112", Error(path).Code));

    [Fact]
    public void MissingFileFailsWithMRG0119() => Assert.Equal("MRG0119", Error(Path.Combine(TestData.Folder, "no-such.yml")).Code);

    [Fact]
    public void ByteOrderMarkIsNoError() =>
        FileWith([0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(RecipeText.Linear)], path => Assert.Single(RecipeFile.Read(path, MethodRegistry.All)));

    static IEnumerable<string> Codes(string text) => Assert.Throws<MergeException>(() => RecipeText.ReadAll(text)).Diagnostics
        .Where(finding => finding.Code is "MRG0113" or "MRG0114").Select(finding => finding.Code);

    static Diagnostic Error(string path) => Assert.Single(Assert.Throws<MergeException>(() => RecipeFile.Read(path, MethodRegistry.All)).Diagnostics);

    static void FileWith(byte[] bytes, Action<string> test)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, bytes);
            test(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
