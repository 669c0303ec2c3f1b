using System.Security.Cryptography;
using System.Text;

namespace MergeEngine.Output;

/// <summary>The digest of a whole checkpoint: of its tensors sorted by name, so that other shards or another header change nothing.</summary>
public static class CheckpointIdentity
{
    /// <returns>64 lower-case hexadecimal digits.</returns>
    public static string Of(IEnumerable<OutputTensor> tensors)
    {
        var text = new StringBuilder();
        foreach (OutputTensor tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
            text.Append(tensor.Name).Append('\n').Append(tensor.Dtype).Append(' ').Append(tensor.Shape).Append(' ').Append(tensor.Digest).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
