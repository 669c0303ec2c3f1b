using MergeEngine.Checkpoints.Torch;

namespace MergeEngine.Checkpoints;

/// <summary>The names of files that hold tensors and can be read.</summary>
static class WeightFiles
{
    /// <returns>True if it is there and its ending is that of safetensors or of torch; whether it is valid shows when it is opened.</returns>
    public static bool Is(string path) => File.Exists(path) && Path.GetExtension(path) is var ending && (ending == ".safetensors" || TorchFile.Extensions.Contains(ending));
}
