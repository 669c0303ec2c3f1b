using System.Text.Json;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Checkpoints;

/// <summary>Every file of safetensors-malformed gets the code of its defect and a text of its own.</summary>
public class MalformedSafetensors
{
    /// <summary>file | code | what the text must say.</summary>
    const string Cases =
        """
        empty-file             | MRG0210 | has 0 bytes; expected at least 8
        seven-bytes            | MRG0210 | has 7 bytes; expected at least 8
        zero-length-header     | MRG0211 | length is 0
        header-beyond-file     | MRG0212 | length is 5000, but only 65 bytes follow
        header-length-negative | MRG0213 | length is 9223372036854775808; the format allows at most 100000000
        header-over-100mb      | MRG0213 | length is 100000001; the format allows at most 100000000
        not-utf8               | MRG0214 | not UTF-8
        starts-with-bracket    | MRG0215 | starts with byte 0x5b
        starts-with-space      | MRG0215 | starts with byte 0x20
        not-json               | MRG0216 | line 1, byte 2
        nan-literal            | MRG0216 | line 1, byte 58
        json-null-bytes        | MRG0216 | line 1, byte 62
        deep-nesting           | MRG0216 | maximum configured depth
        metadata-number        | MRG0232 | the number 1 at 'n'
        metadata-nested        | MRG0232 | an object at 'n'
        duplicate-name         | MRG0218 | 'a' occurs twice
        tensor-is-null         | MRG0219 | tensor 'a' is null
        extra-key              | MRG0220 | tensor 'a' has the unknown key 'stride'
        shape-missing          | MRG0221 | tensor 'a' has no shape
        dtype-unknown          | MRG0222 | tensor 'a' is the string 'F33'
        dtype-lower-case       | MRG0222 | tensor 'a' is the string 'f32'
        shape-negative         | MRG0223 | tensor 'a' has the number -1
        shape-string           | MRG0223 | tensor 'a' has the string '1'
        shape-huge             | MRG0223 | tensor 'a' has the number 18446744073709551616
        shape-overflow         | MRG0224 | tensor 'a' is [8589934592, 8589934592]
        offsets-negative       | MRG0225 | tensor 'a' has the number -4
        offsets-float          | MRG0225 | tensor 'a' has the number 4.5
        offsets-reversed       | MRG0226 | tensor 'a' are [4, 0]
        size-too-small         | MRG0227 | hold 4 bytes; expected 8 for F32 [2]
        overlap                | MRG0228 | tensor 'b' starts at data byte 4, inside tensor 'a'
        hole                   | MRG0229 | data bytes 4 to 8, before tensor 'b'
        offsets-beyond-file    | MRG0230 | has 4 data bytes; expected 400 or more, the end of tensor 'a'
        trailing-bytes         | MRG0231 | has 9 data bytes; expected 4
        """;

    public static IEnumerable<object[]> Rows => Cases.Split('\n').Select(row => row.Split('|', 3, StringSplitOptions.TrimEntries));

    static IEnumerable<string> Names => Rows.Select(row => (string)row[0]);

    [Theory]
    [MemberData(nameof(Rows))]
    public void FailsWithItsCode(string name, string code, string text)
    {
        string file = Formats.Path("safetensors-malformed", name + ".safetensors");
        var error = Assert.Single(Formats.Errors(() => SafetensorsHeader.Read(file)));
        Assert.Equal((code, Severity.Error, new SourcePosition(file)), (error.Code, error.Severity, error.Position));
        Assert.Contains(text, error.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Text);
    }

    [Fact]
    public void IsCoveredWhole()
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Formats.Path("safetensors-malformed", "cases.json")));
        var files = cases.RootElement.EnumerateArray().Select(entry => Path.GetFileNameWithoutExtension(entry.GetProperty("file").GetString()!));
        Assert.Equal(files.Except(["bool-not-01"]).Order(), Names.Order());
    }

    [Fact]
    public void HasOneTextPerFile()
    {
        var texts = Names.Select(name => Formats.Path("safetensors-malformed", name + ".safetensors"))
            .Select(file => Formats.Errors(() => SafetensorsHeader.Read(file)).Single().Text);
        Assert.Distinct(texts);
    }

    [Fact]
    public void BooleanBytesAreNotChecked()
    {
        // cases.json leaves it free; like the reference we accept, and decode 2 and 255 as true.
        var header = SafetensorsHeader.Read(Formats.Path("safetensors-malformed", "bool-not-01.safetensors"));
        Assert.Equal((Dtype.BOOL, 4L), (header.Tensors.Single().Dtype, header.Tensors.Single().Length));
    }
}
