using MergeEngine.Checkpoints;

namespace MergeEngine.Recipes;

/// <summary>Element types as recipes and config.json name them.</summary>
public static class DtypeNames
{
    const string TorchPrefix = "torch.";

    static readonly Dictionary<string, Dtype> Types = new()
    {
        ["float32"] = Dtype.F32,
        ["float16"] = Dtype.F16,
        ["bfloat16"] = Dtype.BF16,
    };

    /// <summary>What people write for them elsewhere, and mergekit refuses.</summary>
    static readonly Dictionary<string, string> ShortNames = new()
    {
        ["bf16"] = "bfloat16",
        ["fp16"] = "float16",
        ["f16"] = "float16",
        ["half"] = "float16",
        ["fp32"] = "float32",
        ["f32"] = "float32",
        ["float"] = "float32",
    };

    public static IReadOnlyCollection<string> Accepted => Types.Keys;

    /// <param name="name">With or without <c>torch.</c>; case matters.</param>
    public static Dtype? Find(string name) => Types.TryGetValue(Bare(name), out Dtype dtype) ? dtype : null;

    /// <returns>The name in config.json; null for types that no recipe can ask for.</returns>
    public static string? NameOf(Dtype dtype) => Types.FirstOrDefault(type => type.Value == dtype).Key;

    /// <returns>The accepted name that was probably meant, or null.</returns>
    public static string? Suggest(string name) =>
        ShortNames.GetValueOrDefault(Bare(name).ToLowerInvariant()) ?? Nearest.Name(Bare(name), Types.Keys);

    static string Bare(string name) => name.StartsWith(TorchPrefix, StringComparison.Ordinal) ? name[TorchPrefix.Length..] : name;
}
