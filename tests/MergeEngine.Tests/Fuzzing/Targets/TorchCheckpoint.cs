using MergeEngine.Checkpoints;
using MergeEngine.Checkpoints.Torch;

namespace MergeEngine.Tests.Fuzzing.Targets;

/// <summary>Whole files, zip and legacy, damaged anywhere; what is accepted is read at both ends.</summary>
sealed class TorchCheckpoint : FuzzTarget
{
    const int EndLength = 4096;

    public override IEnumerable<byte[]> Seeds => DataFiles("formats", "*.pt").Select(File.ReadAllBytes).Where(bytes => bytes.Length < 20_000);

    public override IReadOnlyList<string> Tokens { get; } = ["PK\u0001\u0002", "PK\u0003\u0004", "PK\u0005\u0006", "data.pkl", "byteorder", "/data/0", .. PickleOfZip.Opcodes];

    public override void Read(byte[] input) => InputFile.Read("m.pt", input, ReadFile);

    internal static void ReadFile(string path)
    {
        using var reader = new TensorReader();
        foreach (var tensor in TorchFile.Read(path))
        {
            int length = (int)Math.Min(tensor.Length, EndLength);
            reader.Read(tensor, 0, new byte[length]);
            reader.Read(tensor, tensor.Length - length, new byte[length]);
        }
    }
}
