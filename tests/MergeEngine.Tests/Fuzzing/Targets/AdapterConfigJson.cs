using MergeEngine.Adapters;

namespace MergeEngine.Tests.Fuzzing.Targets;

sealed class AdapterConfigJson : FuzzTarget
{
    public override IEnumerable<byte[]> Seeds => DataFiles("", "adapter_config.json").Select(File.ReadAllBytes);

    public override IReadOnlyList<string> Tokens =>
        [.. base.Tokens, "\"r\":", "\"lora_alpha\":", "\"target_modules\":", "\"rank_pattern\":{", "\"alpha_pattern\":{", "\"modules_to_save\":", "\"bias\":\"all\"", "\"all-linear\"", "(a+)+$", ".*", "^", "NaN", "1e999"];

    public override void Read(byte[] input) => AdapterConfigReader.Parse(input, "adapter_config.json");
}
