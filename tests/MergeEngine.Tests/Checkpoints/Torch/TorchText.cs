using MergeEngine.Checkpoints;
using MergeEngine.Checkpoints.Torch;

namespace MergeEngine.Tests.Checkpoints.Torch;

/// <summary>Reads bytes as if they were a file of torch.save.</summary>
static class TorchText
{
    public static IReadOnlyList<TensorInfo> Read(byte[] bytes)
    {
        using var folder = new TemporaryFolder().With("m.pt", bytes);
        return TorchFile.Read(folder["m.pt"]);
    }

    /// <summary>Names and float values.</summary>
    public static Dictionary<string, float[]> Values(byte[] bytes)
    {
        using var folder = new TemporaryFolder().With("m.pt", bytes);
        using var reader = new TensorReader();
        return TorchFile.Read(folder["m.pt"]).ToDictionary(tensor => tensor.Name, tensor =>
        {
            byte[] stored = new byte[tensor.Length];
            reader.Read(tensor, 0, stored);
            return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(stored).ToArray();
        });
    }

    /// <returns>The single error's code and text.</returns>
    public static (string Code, string Text) Error(byte[] bytes)
    {
        var error = Assert.Single(Formats.Errors(() => Read(bytes)));
        return (error.Code, error.Text);
    }
}
