using System.Text;
using static MergeEngine.Tests.Checkpoints.Torch.PickleBytes;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Files that look odd and are legal.</summary>
public class UnusualTorchFiles
{
    static readonly byte[] Weights = Tensor(Storage("0", 6), 0, [2, 3], [3, 1]);

    static Dictionary<string, float[]> Values(params byte[][] pickle) => TorchText.Values(Zip(Pickle(pickle), ("0", Floats(6))));

    [Theory]
    [InlineData("state_dict", "w")]
    [InlineData("model_state_dict", "w")]
    [InlineData("module", "w")]
    [InlineData("model", "model.w")]
    public void TrainingRunsKeepWeightsUnderAKey(string key, string name) =>
        Assert.Equal([name], Values(Dict(("epoch", Number(3)), (key, Dict(("w", Weights))), ("optimizer", Dict(("exp_avg", Weights))))).Keys);

    [Fact]
    public void DictionariesOfPairsAreRead() => Assert.Equal(["w"], Values(
        Global("collections", "OrderedDict"), "]]("u8.ToArray(), Text("w"), Weights, [(byte)'e', (byte)'a', 0x85, (byte)'R']).Keys);

    [Fact]
    public void TensorsOfPythonSubclassesAreRead() => Assert.Equal([0, 1, 2, 3, 4, 5], Values(Dict(("w", Join(
        Global("torch._tensor", "_rebuild_from_type_v2"),
        Tuple(Global("torch._utils", "_rebuild_tensor_v2"), Global("torch.nn.parameter", "Parameter"),
            Tuple(Storage("0", 6), Number(0), Numbers(2, 3), Numbers(3, 1), [0x89], EmptyOrderedDict), [(byte)'}']), [(byte)'R']))))["w"]);

    [Fact]
    public void StringsOfPython2AreRead() =>
        Assert.Equal(["w"], Values([(byte)'}', (byte)'U', 1, (byte)'w'], Weights, [(byte)'s']).Keys);

    [Fact]
    public void LongTextIsSkipped() =>
        Assert.Equal(["w"], Values(Dict(("tokenizer", Text(new string('x', 3_000_000))), ("w", Weights))).Keys);

    [Fact]
    public void BytesThatTwoDtypesShareAreRead()
    {
        byte[] integers = Tensor(Storage("0", 6, "IntStorage"), 1, [2], [1]);
        var tensors = TorchText.Read(Zip(Pickle(Dict(("w", Weights), ("i", integers))), ("0", Floats(6))));
        Assert.Equal(["F32", "I32"], tensors.Select(tensor => tensor.Dtype.ToString()));
    }

    [Fact]
    public void EntriesThatTakeTheSameNameAreTheLast() =>
        Assert.Equal([3, 4, 5], Values(Dict(("w", Weights), ("w", Tensor(Storage("0", 6), 3, [3], [1]))))["w"]);

    [Fact]
    public void NamesAreAnyText() => Assert.Equal(["", "ключ/😀\n"], Values(Dict(("", Weights), ("ключ/😀\n", Weights))).Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void ZipsWithACommentAreRead()
    {
        byte[] zip = Zip(Pickle(Dict(("w", Weights))), ("0", Floats(6)));
        zip[^2] = 5;
        Assert.Equal(["w"], TorchText.Values([.. zip, .. Encoding.ASCII.GetBytes("hello")]).Keys);
    }
}
