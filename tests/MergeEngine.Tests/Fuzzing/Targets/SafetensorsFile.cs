using System.Buffers.Binary;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Fuzzing.Targets;

/// <summary>The file as it is, and with the length before the header made right, so that the header is reached.</summary>
sealed class SafetensorsFile : FuzzTarget
{
    public override IEnumerable<byte[]> Seeds => DataFiles("formats", "*.safetensors").Select(File.ReadAllBytes).Where(bytes => bytes.Length < 20_000);

    public override void Read(byte[] input)
    {
        bool isRight = input.Length > 16 && input[^1] % 4 != 0;
        if (isRight)
        {
            input = [.. input];
            int end = input.AsSpan(8).LastIndexOf((byte)'}');
            if (end >= 0) BinaryPrimitives.WriteInt64LittleEndian(input, end + 1);
        }
        InputFile.Read("m.safetensors", input, ReadFile);
    }

    static void ReadFile(string path)
    {
        using var reader = new TensorReader();
        foreach (var tensor in SafetensorsHeader.Read(path).Tensors) reader.Read(tensor, 0, new byte[Math.Min(tensor.Length, 1000)]);
    }
}
