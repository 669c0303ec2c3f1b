using MergeEngine.Architectures;

namespace MergeEngine.Tests.Fuzzing.Targets;

sealed class ConfigJson : FuzzTarget
{
    public override IEnumerable<byte[]> Seeds => DataFiles("models", "config.json").Select(File.ReadAllBytes);

    public override IReadOnlyList<string> Tokens => [.. base.Tokens, "NaN", "-Infinity", "\"architectures\":", "\"text_config\":{", "\"vocab_size\":"];

    public override void Read(byte[] input)
    {
        var config = ModelConfig.Parse(input, "config.json");
        if (Architecture.Find(config, [])?.Modules is { } modules)
            foreach (var module in modules) module.LayerCount(config);
    }
}
