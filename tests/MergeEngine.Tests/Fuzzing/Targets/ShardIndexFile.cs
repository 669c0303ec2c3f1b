using MergeEngine.Checkpoints;

namespace MergeEngine.Tests.Fuzzing.Targets;

sealed class ShardIndexFile : FuzzTarget
{
    public override IEnumerable<byte[]> Seeds => DataFiles("formats", "*.index.json").Concat(DataFiles("models", "*.index.json")).Select(File.ReadAllBytes);

    public override IReadOnlyList<string> Tokens => [.. base.Tokens, "\"weight_map\":", "\"metadata\":", "\"total_size\":", "\"../", "\\\\", "C:", "\"a\":\"b\","];

    public override void Read(byte[] input) => InputFile.Read(ShardIndex.FileName, input, path => ShardIndex.Read(path));
}
