using System.Text;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Headers made to trip a parser.</summary>
public class HostileHeader
{
    const string Good = "\"good\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}";

    static string[] Codes(string json, int dataLength = 0)
    {
        var errors = new List<Diagnostic>();
        var header = SafetensorsHeader.Parse(Encoding.UTF8.GetBytes(json), "/model.safetensors", dataLength, errors);
        Assert.Equal(header is null, errors.Count > 0);
        return [.. errors.Select(error => error.Code)];
    }

    [Theory]
    [InlineData("{\"a\\ud800\":{}}", "MRG0216")]
    [InlineData("{\"__metadata__\":{\"a\":\"\\udc00\"}}", "MRG0216")]
    [InlineData("{\"__metadata__\":[]}", "MRG0217")]
    [InlineData("{\"__metadata__\":{\"a\":\"1\",\"a\":\"2\"}}", "MRG0218")]
    [InlineData("{\"__metadata__\":{},\"__metadata__\":{}}", "MRG0218")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}}", "MRG0218")]
    [InlineData("{\"a\":{\"dtype\":1,\"shape\":[0],\"data_offsets\":[0,0]}}", "MRG0222")]
    [InlineData("{\"a\":{\"dtype\":\"1\",\"shape\":[0],\"data_offsets\":[0,0]}}", "MRG0222")]
    [InlineData("{\"a\":{\"dtype\":\"U8,I8\",\"shape\":[0],\"data_offsets\":[0,0]}}", "MRG0222")]
    [InlineData("{\"a\":{\"dtype\":{\"x\":[]},\"shape\":[0],\"data_offsets\":[0,0]}}", "MRG0222")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":3,\"data_offsets\":[0,0]}}", "MRG0223")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[[1]],\"data_offsets\":[0,1]}}", "MRG0223")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[1e0],\"data_offsets\":[0,1]}}", "MRG0223")]
    [InlineData("{\"a\":{\"dtype\":\"F64\",\"shape\":[2305843009213693952],\"data_offsets\":[0,0]}}", "MRG0224")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[4294967296,4294967296,0],\"data_offsets\":[0,0]}}", "MRG0224")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0]}}", "MRG0225")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0,0]}}", "MRG0225")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":null}}", "MRG0225")]
    [InlineData("{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775807],\"data_offsets\":[0,9223372036854775807]}}", "MRG0230")]
    [InlineData("{}{}", "MRG0216")]
    [InlineData("{\"a\":", "MRG0216")]
    [InlineData("{/**/}", "MRG0216")]
    public void FailsWithTheDefect(string json, string code) => Assert.Equal([code], Codes(json));

    [Fact]
    public void MissingFieldsAreAllNamed() => Assert.Equal(["MRG0221", "MRG0221", "MRG0221"], Codes("{\"a\":{}}"));

    [Fact]
    public void ErrorsOfAllTensorsComeTogether() =>
        Assert.Equal(["MRG0219", "MRG0222", "MRG0226"], Codes(
            "{\"a\":1,\"b\":{\"dtype\":\"X\",\"shape\":[],\"data_offsets\":[0,1]}," + Good + ",\"c\":{\"dtype\":\"U8\",\"shape\":[],\"data_offsets\":[1,0]}}", 1));

    [Fact]
    public void ErrorsAreCapped() =>
        Assert.Equal(100, Codes("{" + string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"{i}\":1")) + "}").Length);

    [Fact]
    public void TextOfTheFileCannotBreakTheLine()
    {
        var errors = new List<Diagnostic>();
        SafetensorsHeader.Parse("{\"a\\n\\u001b[31m: error MRG0001: \\u0085\":null}"u8, "/m", 0, errors);
        Assert.DoesNotContain(Assert.Single(errors).Text, char.IsControl);
    }

    [Fact]
    public void FolderInPlaceOfTheFileFailsWithMRG0209()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal("MRG0209", Formats.Errors(() => SafetensorsHeader.Read(folder.FullPath)).Single().Code);
    }

    [Fact]
    public void LengthsAreNotBelievedBeforeTheyAreChecked()
    {
        string file = Formats.Path("safetensors-malformed", "header-beyond-file.safetensors");
        var errors = new List<Diagnostic>();
        SafetensorsHeader.TryRead(file, errors);
        long before = GC.GetAllocatedBytesForCurrentThread();
        SafetensorsHeader.TryRead(file, errors);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }
}
