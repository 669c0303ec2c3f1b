using System.Text;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Tokenizers;

/// <summary>A tokenizer.json that is damaged, or made to harm: an error at its place, nothing else.</summary>
public class HostileTokenizer
{
    const int Rounds = 1500;

    static readonly string[] Tokens =
        ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "0", "1e9", "2147483648", "99999999999999999999", "\\ud800", "\\u0000", "\"a\"", "vocab", "merges", "added_tokens", "id", "\u00ff", "\0", " "];

    [Theory]
    [InlineData("", "MRG0240")]
    [InlineData("[]", "MRG0241")]
    [InlineData("{}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": {\"a\": 0}}", "MRG0240")]
    [InlineData("{\"model\": []}", "MRG0241")]
    [InlineData("{\"model\": {\"type\": \"BPE\"}}", "MRG0241")]
    [InlineData("{\"model\": {\"type\": \"Magic\", \"vocab\": {}}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": 3}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": {\"a\": -1}}}", "MRG0242")]
    [InlineData("{\"model\": {\"vocab\": {\"a\": 4194304}}}", "MRG0242")]
    [InlineData("{\"model\": {\"vocab\": {\"a\": 1.5}}}", "MRG0242")]
    [InlineData("{\"model\": {\"vocab\": {\"a\": \"1\"}}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": [\"a\"]}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": [[1, 2]]}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": {}, \"vocab\": {}}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": {}, \"merges\": 1}}", "MRG0241")]
    [InlineData("{\"model\": {\"vocab\": {}}, \"model\": {\"vocab\": {}}}", "MRG0241")]
    [InlineData("{\"added_tokens\": null, \"model\": {\"vocab\": {}}}", "MRG0241")]
    [InlineData("{\"added_tokens\": [{\"content\": \"a\"}], \"model\": {\"vocab\": {}}}", "MRG0241")]
    [InlineData("{\"added_tokens\": [{\"id\": 99999999999, \"content\": \"a\"}], \"model\": {\"vocab\": {}}}", "MRG0242")]
    [InlineData("{\"added_tokens\": [{\"id\": 1, \"content\": \"\\ud800\"}], \"model\": {\"vocab\": {}}}", "MRG0240")]
    [InlineData("{\"model\": {\"vocab\": {}, \"merges\": [\"\\udc00 a\"]}}", "MRG0240")]
    public void IsRefused(string text, string code) =>
        Assert.Equal(code, Assert.Single(Assert.Throws<MergeException>(() => TokenizerFile.Parse(Encoding.UTF8.GetBytes(text), "tokenizer.json")).Diagnostics).Code);

    [Fact]
    public void IsRefusedAtItsPlace()
    {
        var error = Assert.Throws<MergeException>(() => TokenizerFile.Parse("{\n  \"model\": {\"vocab\": {\"é\": 0, \"b\": -7}}}"u8.ToArray(), "t")).Diagnostics.Single();
        Assert.Equal(new SourcePosition("t", 2, 36), error.Position);
        Assert.Contains("-7", error.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void NestedDeeplyIsRefused()
    {
        string deep = string.Concat(Enumerable.Repeat("[", 100_000));
        Assert.Equal("MRG0240", Assert.Throws<MergeException>(() => TokenizerFile.Parse(Encoding.UTF8.GetBytes($"{{\"normalizer\": {deep}"), "t")).Diagnostics.Single().Code);
    }

    [Fact]
    public void ThatIsNotUtf8IsRefused() =>
        Assert.Equal("MRG0240", Assert.Throws<MergeException>(() => TokenizerFile.Parse([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d], "t")).Diagnostics.Single().Code);

    /// <summary>What is accepted can be written and read again.</summary>
    [Theory]
    [InlineData("bbpe-gpt2")]
    [InlineData("unigram-nfkc")]
    [InlineData("wordpiece-bert")]
    public void MutatedIsValidOrRefused(string kind)
    {
        byte[] valid = Shortened(TokenizerFolders.Bytes(kind));
        var random = new Random(20261125);
        int accepted = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] bytes = Mutated(valid, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (Accepts(bytes)) accepted++;
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        }
        Assert.InRange(accepted, 20, Rounds - 100);
    }

    [Fact]
    public void ConfigurationIsValidOrRefused()
    {
        byte[] valid = File.ReadAllBytes(Path.Combine(TestData.Folder, "tokenizers", "bbpe-gpt2", "tokenizer_config.json"));
        string file = Path.Combine(Directory.CreateTempSubdirectory("tokenizers-").FullName, "tokenizer_config.json");
        var random = new Random(20261125);
        int accepted = 0;
        for (int round = 0; round < Rounds / 3; round++)
        {
            File.WriteAllBytes(file, Mutated(valid, random));
            if (Record.Exception(() => { TokenizerConfig config = TokenizerConfig.Read(file); _ = config.ChatTemplate; _ = config.Added.Count(); config.With([], true, "t"); }) is { } error) Assert.IsType<MergeException>(error);
            else accepted++;
        }
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        Assert.InRange(accepted, 20, Rounds / 3 - 20);
    }

    static bool Accepts(byte[] bytes)
    {
        try
        {
            TokenizerFile file = TokenizerFile.Parse(bytes, "tokenizer.json");
            var output = new OutputVocabulary(file.Tokens, 20);
            output.Add(new AddedToken(-1, "another"));
            TokenizerFile.Parse(Encoding.UTF8.GetBytes(TokenizerWriter.Text(file, output)), "again");
            return true;
        }
        catch (MergeException exception)
        {
            Assert.All(exception.Diagnostics, error => Assert.DoesNotContain(error.Text, char.IsControl));
            return false;
        }
    }

    /// <summary>A small tokenizer, so that most mutations hit something that counts.</summary>
    static byte[] Shortened(byte[] json)
    {
        TokenizerFile file = TokenizerFile.Parse(json, "valid");
        return Encoding.UTF8.GetBytes(TokenizerWriter.Text(file, new OutputVocabulary(file.Tokens, 40)));
    }

    static byte[] Mutated(byte[] bytes, Random random)
    {
        List<byte> result = [.. bytes];
        for (int edits = random.Next(1, 4); edits > 0; edits--)
        {
            int at = random.Next(result.Count + 1), length = Math.Min(random.Next(1, 12), result.Count - at);
            switch (random.Next(5))
            {
                case 0: result.RemoveRange(at, length); break;
                case 1: result.InsertRange(at, result.GetRange(at, length)); break;
                case 2: result.InsertRange(at, Encoding.UTF8.GetBytes(Tokens[random.Next(Tokens.Length)])); break;
                case 3 when at < result.Count: result[at] = (byte)random.Next(256); break;
                default: result.RemoveRange(at, length); result.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(1000).ToString())); break;
            }
        }
        return [.. result];
    }
}
