using System.Text.RegularExpressions;

namespace MergeEngine.Tests.Docs;

/// <summary>docs/mergekit.md has a row for every command and option of mergekit 0.1.4 (dossier 1.1-1.3), and names nothing that the SDK does not have.</summary>
public sealed partial class MergekitPage
{
    static readonly string Text = File.ReadAllText(Path.Combine(TestData.Repository, "docs", "mergekit.md"));

    /// <summary>Section of the page and what has a row there.</summary>
    public static TheoryData<string, string> Options => new()
    {
        { "Commands", "mergekit-yaml mergekit-multi mergekit-moe mergekit-evolve mergekit-extract-lora mergekit-tokensurgeon mergekit-pytorch mergekit-layershuffle mergekit-legacy bakllama fill_missing_params" },
        {
            "Options of all commands",
            "--allow-crimes --trust-remote-code --transformers-cache --lora-merge-cache --lora-merge-dtype --cuda --device --low-cpu-memory --read-to-gpu --multi-gpu --gpu-rich -j --num-threads "
            + "--lazy-unpickle --out-shard-size --async-write --write-threads --safe-serialization --clone-tensors --copy-tokenizer --write-model-card --random-seed -v --quiet"
        },
        { "mergekit-multi", "-I --intermediate-dir --out-path --lazy" },
        { "mergekit-pytorch", "-i --tensor-intersection -u --tensor-union" },
        { "mergekit-extract-lora", "--model --base-model --out-path --max-rank --distribute-scale --embed-lora --save-module -e --exclude-regex -i --include-regex --sv-epsilon --skip-undecomposable" },
        { "mergekit-moe", "--load-in-4bit --load-in-8bit --i-understand-this-is-not-useful-without-training" },
        { "mergekit-legacy", "--merge --density --weight --method --base-model --normalize --int8-mask --bf16 --naive-count --print-yaml" },
        { "mergekit-layershuffle", "-m -w --print-yaml --write-yaml --dry-run --fp16 --full-random" },
    };

    [Theory, MemberData(nameof(Options))]
    public void HasARowForEach(string section, string names)
    {
        string rows = Text.Split($"## {section}\n")[1].Split("\n## ")[0];
        Assert.Equal(names.Split(' '), Row().Matches(rows).Select(row => row.Groups[1].Value).Order(new OrderOf(names.Split(' '))));
    }

    [Fact]
    public void NamesPropertiesOfTheSdk()
    {
        string sdk = string.Concat(Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src", "MergeSdk", "Sdk")).Select(File.ReadAllText));
        string[] named = [.. Property().Matches(Text).Select(name => name.Groups[1].Value).Where(name => name != "Name").Distinct()];
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.Contains($"$({name})", sdk, StringComparison.Ordinal));
    }

    [Fact]
    public void NamesMetadataThatTheTasksRead()
    {
        string tasks = string.Concat(new[] { "MergeTasks", "MergeWorker/Protocol" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src", folder), "*.cs")).Select(File.ReadAllText));
        string[] named = [.. Metadata().Matches(Text).Select(name => name.Groups[1].Value).Where(name => name != "Name").Distinct()];
        Assert.NotEmpty(named);
        Assert.All(named, name => Assert.True(tasks.Contains($"nameof({name})", StringComparison.Ordinal) || tasks.Contains($"GetMetadata(\"{name}\")", StringComparison.Ordinal), name));
    }

    [GeneratedRegex("^\\| `(?<name>[A-Za-z_0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\$\((\w+)\)")]
    private static partial Regex Property();

    [GeneratedRegex(@"%\((\w+)\)")]
    private static partial Regex Metadata();

    /// <summary>The rows may come in any order; what is not asked for comes last.</summary>
    sealed class OrderOf(string[] names) : IComparer<string>
    {
        public int Compare(string? x, string? y) => Place(x).CompareTo(Place(y));

        int Place(string? name) => Array.IndexOf(names, name) is >= 0 and int place ? place : names.Length;
    }
}
