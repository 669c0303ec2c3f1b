using System.Diagnostics;
using System.IO.Compression;
using static MergeEngine.Tests.Checkpoints.Torch.PickleBytes;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Pickles made to trip a reader: nothing is run, nothing is allocated by their word, nothing is walked without end.</summary>
public class HostilePickle
{
    static readonly byte[] Weights = Tensor(Storage("0", 6), 0, [2, 3], [3, 1]);

    static byte[] Repeat(int count, params byte[] bytes) => [.. Enumerable.Repeat(bytes, count).SelectMany(part => part)];

    /// <summary>The error, within two seconds and 64 MiB.</summary>
    static (string Code, string Text) Bounded(byte[] file)
    {
        using var folder = new TemporaryFolder().With("m.pt", file);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var time = Stopwatch.StartNew();
        var error = Assert.Single(Formats.Errors(() => MergeEngine.Checkpoints.Torch.TorchFile.Read(folder["m.pt"])));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        Assert.InRange(time.Elapsed.TotalSeconds, 0, 2);
        return (error.Code, error.Text);
    }

    static string Code(params byte[][] parts) => Bounded(Zip(Pickle(parts))).Code;

    [Fact]
    public void AllRefusedNamesAreNamed()
    {
        var (code, text) = Bounded(Zip(Pickle(
            Dict(("a", Join(Global("os", "system"), Tuple(Text("true")), [(byte)'R'])), ("b", Join(Global("shutil", "rmtree"), [(byte)')', 0x81])), ("w", Weights)))));
        Assert.Equal("MRG0264", code);
        Assert.Contains("'os.system', 'shutil.rmtree'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void RefusedNamesAreNamedEvenIfThePickleBreaksAfterThem() =>
        Assert.Equal("MRG0264", Code(Global("os", "system"), [(byte)'R', (byte)'R', 0xFE]));

    [Theory]
    [InlineData("torch", "load")]
    [InlineData("torch.storage", "_load_from_bytes")]
    [InlineData("torch", "FloatStorage.__init__")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("torch._utils", "_rebuild_qtensor")]
    [InlineData("collections", "OrderedDict.fromkeys")]
    [InlineData("numpy", "load")]
    [InlineData("builtins", "exec")]
    [InlineData("", "")]
    [InlineData("torch", "ComplexFloatStorage")]
    public void NamesNearTheListAreRefused(string module, string name)
    {
        var (code, text) = Bounded(Zip(Pickle(Global(module, name), Tuple(), [(byte)'R'])));
        Assert.Equal("MRG0264", code);
        Assert.Contains($"'{module}.{name}'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void InstancesOfProtocolZeroAreRefusedByName() => Assert.Contains("'os.system'",
        Bounded(Zip(Pickle([(byte)'('], Text("true"), "ios\nsystem\n"u8.ToArray()))).Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(0x82, "an extension code")]
    [InlineData(0x97, "a buffer outside of the pickle")]
    [InlineData((byte)'P', "an id as text")]
    [InlineData((byte)'I', "a number as text")]
    [InlineData((byte)'o', "an instance")]
    public void OpcodesThatTorchDoesNotWriteAreRefused(byte opcode, string what) => Assert.Equal((what, "MRG0263"), (what, Code([opcode, 1, (byte)'\n'])));

    [Theory]
    [InlineData("R")]
    [InlineData("t")]
    [InlineData("a")]
    [InlineData("]a")]
    [InlineData("s")]
    [InlineData("}Ns")]
    [InlineData("}(Nu")]
    [InlineData("Na")]
    [InlineData("NNNs")]
    [InlineData("(")]
    [InlineData("N(0")]
    [InlineData("N(\u0085")]
    [InlineData("N(b")]
    [InlineData("b")]
    [InlineData("N(2")]
    [InlineData("Q")]
    [InlineData("NQ")]
    [InlineData("NNR")]
    [InlineData("h\u0001")]
    [InlineData("2")]
    [InlineData("1")]
    [InlineData("\u0093")]
    [InlineData("NN\u0093")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f")]
    public void OperationsWithoutOperandsAreRefused(string opcodes) => Assert.Equal("MRG0263", Code(System.Text.Encoding.Latin1.GetBytes(opcodes)));

    [Theory]
    [InlineData((byte)']')]
    [InlineData((byte)'}')]
    [InlineData((byte)'(')]
    [InlineData((byte)'N')]
    [InlineData((byte)'2')]
    public void EndlessValuesStopAtTheLimit(byte opcode) => Assert.Equal("MRG0266", Code([(byte)'N'], Repeat(20 << 20, opcode)));

    [Fact]
    public void EndlessMemoStopsAtTheLimit() => Assert.Equal("MRG0266", Code([(byte)'N'], Repeat(20 << 20, 0x94)));

    [Fact]
    public void EndlessOpcodesWithoutValuesStopAtTheLimit() => Assert.Equal("MRG0266", Code(Repeat(20 << 20, (byte)'N', (byte)'0')));

    [Fact]
    public void EndlessStringsStopAtTheLimit()
    {
        byte[] text = Text(new string('x', 16000));
        Assert.Equal("MRG0266", Code([.. Enumerable.Repeat(text, 1700).SelectMany(part => part)]));
    }

    [Fact]
    public void DeflatedPicklesStopAtTheLimit()
    {
        byte[] file = Archive(CompressionLevel.SmallestSize, ("m/data.pkl", Pickle(Repeat(40 << 20, (byte)'N', (byte)'0'))));
        Assert.InRange(file.Length, 1000, 200_000);
        Assert.Equal("MRG0266", Bounded(file).Code);
    }

    [Fact]
    public void ListsThatAreReadAgainAndAgainStopAtTheLimit()
    {
        byte[] pair = [(byte)'N', (byte)'N', 0x86];
        Assert.Equal("MRG0266", Code(
            Join([(byte)']', (byte)'q', 1, (byte)'('], Repeat(50_000, pair), [(byte)'e', (byte)'0', (byte)'N', (byte)'q', 0]),
            Repeat(100_000, [.. Global("collections", "OrderedDict"), (byte)'h', 1, 0x85, (byte)'R', (byte)'0'])));
    }

    [Fact]
    public void ListsThatHoldThemselvesAreNotWalked() =>
        Assert.Equal("MRG0268", Code([(byte)'}', (byte)'q', 0], Text("state_dict"), [(byte)'h', 0, (byte)'s']));

    [Theory]
    [InlineData(new long[] { 2, 3 }, new long[] { 3 }, "MRG0263")]
    [InlineData(new long[] { 2, 4 }, new long[] { 3, 1 }, "MRG0269")]
    [InlineData(new long[] { 7 }, new long[] { 1 }, "MRG0269")]
    [InlineData(new long[] { 2 }, new long[] { long.MaxValue }, "MRG0269")]
    [InlineData(new long[] { -1 }, new long[] { 1 }, "MRG0273")]
    [InlineData(new long[] { long.MaxValue }, new long[] { 0 }, "MRG0224")]
    [InlineData(new long[] { 1L << 40 }, new long[] { 0 }, "MRG0274")]
    [InlineData(new long[] { 1L << 32, 1L << 32, 0 }, new long[] { 0, 0, 0 }, "MRG0224")]
    public void ViewsThatDoNotFitAreRefused(long[] extents, long[] strides, string code) =>
        Assert.Equal(code, Bounded(Zip(Pickle(Dict(("w", Tensor(Storage("0", 6), 0, extents, strides)))), ("0", Floats(6)))).Code);

    [Theory]
    [InlineData(long.MinValue, "MRG0273")]
    [InlineData(1, "MRG0269")]
    [InlineData(long.MaxValue, "MRG0269")]
    public void OffsetsThatDoNotFitAreRefused(long offset, string code) =>
        Assert.Equal(code, Bounded(Zip(Pickle(Dict(("w", Tensor(Storage("0", 6), offset, [2, 3], [3, 1])))), ("0", Floats(6)))).Code);

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(long.MaxValue)]
    public void StoragesOfAnotherSizeAreRefused(long count) =>
        Assert.Equal("MRG0270", Bounded(Zip(Pickle(Dict(("w", Tensor(Storage("0", count), 0, [2], [1])))), ("0", Floats(6)))).Code);

    [Theory]
    [InlineData("../0")]
    [InlineData("/etc/passwd")]
    [InlineData("..\\0")]
    [InlineData("")]
    public void StorageKeysAreNoPaths(string key) =>
        Assert.Equal("MRG0262", Bounded(Zip(Pickle(Dict(("w", Tensor(Storage(key, 6), 0, [2], [1])))), ("0", Floats(6)))).Code);

    [Fact]
    public void ErrorsOfAllTensorsComeTogether()
    {
        using var folder = new TemporaryFolder().With("m.pt", Zip(
            Pickle(Dict(("a", Tensor(Storage("0", 6), 6, [2], [1])), ("b", Tensor(Storage("1", 6), 0, [2], [1])), ("c", Tensor(Storage("0", 5), 0, [2], [1])))), ("0", Floats(6))));
        Assert.Equal(["MRG0262", "MRG0269", "MRG0270"],
            Formats.Errors(() => MergeEngine.Checkpoints.Torch.TorchFile.Read(folder["m.pt"])).Select(error => error.Code).Order());
    }

    [Fact]
    public void TensorsUnderNumbersAreRefused() =>
        Assert.Equal("MRG0272", Bounded(Zip(Pickle([(byte)'}'], Number(1), Weights, [(byte)'s']), ("0", Floats(6)))).Code);
}
