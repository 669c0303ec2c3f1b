using System.IO.Compression;
using MergeEngine.Tests.Checkpoints;
using MergeEngine.Tests.Checkpoints.Torch;

namespace MergeEngine.Tests.Fuzzing.Targets;

/// <summary>Only the pickle is damaged: the zip around it is whole, so that every input reaches the machine.</summary>
sealed class PickleOfZip : FuzzTarget
{
    /// <summary>Those of plain.pt, whose tensors several files hold.</summary>
    static readonly (string, byte[])[] Storages = [.. ((int[])[48, 20, 4, 0, 56]).Select((length, i) => ($"m/data/{i}", new byte[length]))];

    /// <summary>Opcodes and names as text of one byte a character.</summary>
    public static IReadOnlyList<string> Opcodes { get; } =
    [
        ".", "(", "0", "1", "2", ")", "]", "}", "t", "a", "e", "s", "u", "b", "R", "Q", "N", "\u0080\u0002", "\u0081", "\u0085", "\u0086", "\u0087", "\u0088", "\u0093", "\u0094", "h\u0001", "q\u0001", "j\u0001\0\0\0", "r\u0001\0\0\0", "K\u0005", "J\u0001\0\0\0",
        "X\u0001\0\0\0w", "ctorch\nFloatStorage\n", "ccollections\nOrderedDict\n", "ctorch._utils\n_rebuild_tensor_v2\n", "ctorch._utils\n_rebuild_parameter\n", "cos\nsystem\n",
        "X\u0007\0\0\0storage", "X\u0003\0\0\0cpu", "X\u0001\0\0\00", "X\u0005\0\0\0model", "X\n\0\0\0state_dict",
    ];

    public override IEnumerable<byte[]> Seeds =>
        ((string[])["torch/plain", "torch/nested-state-dict", "torch/protocol4", "torch/protocol5", "torch-hostile/os-system", "torch-hostile/memo-bomb"]).Select(name => PickleOf(Formats.Path(name + ".pt")));

    public override IReadOnlyList<string> Tokens => Opcodes;

    public override void Read(byte[] input) => InputFile.Read("m.pt", PickleBytes.Archive([("m/data.pkl", input), .. Storages]), TorchCheckpoint.ReadFile);

    static byte[] PickleOf(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        using var entry = archive.Entries.First(entry => entry.Name == "data.pkl").Open();
        using var bytes = new MemoryStream();
        entry.CopyTo(bytes);
        return bytes.ToArray();
    }
}
