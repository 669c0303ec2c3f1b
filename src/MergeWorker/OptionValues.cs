using System.Globalization;
using System.Text.RegularExpressions;
using MergeEngine;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Reads the values of properties and metadata.</summary>
sealed partial class OptionValues(WorkerRequest request)
{
    /// <summary>How merges run.</summary>
    /// <exception cref="MergeException">MRG0004: all values that cannot be read.</exception>
    public MergeOptions Merge { get; } = ReadOptions(request);

    /// <summary>What linear algebra is computed with.</summary>
    /// <exception cref="MergeException">MRG0004.</exception>
    public TorchMode Torch => Read(request.Options.Torch, "MergeTorch", "off, cpu or cuda",
        text => Enum.TryParse(text, ignoreCase: true, out TorchMode mode) && Enum.IsDefined(mode) && !char.IsAsciiDigit(text[0]) ? mode : (TorchMode?)null) ?? TorchMode.Off;

    public string TorchDirectory => request.Options.TorchDirectory;

    /// <returns>null: what the recipe says.</returns>
    /// <exception cref="MergeException">MRG0004.</exception>
    public ulong? Seed(RequestedRecipe recipe) => Read(recipe[RecipeMetadata.Seed], $"Seed of {recipe.Name}", "a whole number that is not negative",
        text => ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed) ? seed : (ulong?)null);

    /// <returns>null: the default.</returns>
    /// <exception cref="MergeException">MRG0004.</exception>
    public long? ShardBytes(RequestedRecipe recipe) => Read(recipe[RecipeMetadata.ShardSize], $"ShardSize of {recipe.Name}", SizeForm, ParseSize);

    /// <exception cref="MergeException">MRG0004.</exception>
    public bool Flag(RequestedRecipe recipe, string metadata, bool byDefault = false) =>
        Read(recipe[metadata], $"{metadata} of {recipe.Name}", "true or false", text => bool.TryParse(text, out bool value) ? value : (bool?)null) ?? byDefault;

    const string SizeForm = "a size such as 5GB, 512 MiB, 5B (mergekit's for 5 billion) or a number of bytes";

    static MergeOptions ReadOptions(WorkerRequest request)
    {
        var values = new List<Diagnostic>();
        RequestedOptions given = request.Options;
        var options = new MergeOptions
        {
            Threads = Collect(given.Threads, nameof(request.Options.Threads), "a whole number, 0 for one per processor", ParseCount) ?? 0,
            MemoryBudget = Collect(given.MemoryBudget, nameof(request.Options.MemoryBudget), SizeForm, ParseSize) ?? 0,
            TileSize = Collect(given.TileSize, nameof(request.Options.TileSize), "a number of elements", ParseCount) ?? 0,
            Kernels = given.Kernels.Length == 0 ? null : given.Kernels,
        };
        return values.Count == 0 ? options : throw new MergeException(values);

        T? Collect<T>(string text, string name, string expected, Func<string, T?> parse) where T : struct
        {
            T? value = text.Length == 0 ? null : parse(text);
            if (text.Length > 0 && value is null) values.Add(Errors.BadSetting(new SourcePosition(request.Project), "Merge" + name, text, expected));
            return value;
        }
    }

    T? Read<T>(string text, string name, string expected, Func<string, T?> parse) where T : struct =>
        text.Length == 0 ? null : parse(text) ?? throw new MergeException(Errors.BadSetting(new SourcePosition(request.Project), name, text, expected));

    static int? ParseCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : null;

    /// <summary>Powers of 1000, and of 1024 for the units with an i. A unit of one letter is mergekit's: B are billions.</summary>
    static long? ParseSize(string text)
    {
        Match match = Size().Match(text.Trim());
        if (!match.Success || !decimal.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count)) return null;
        int power = match.Groups[2].Length == 0 ? 0 : "kmgt".IndexOf(char.ToLowerInvariant(match.Groups[2].ValueSpan[0])) + 1;
        if (match.Groups[4].Length > 0) power = 3;
        decimal bytes = count;
        for (int i = 0; i < power && bytes < long.MaxValue; i++) bytes *= match.Groups[3].Length > 0 ? 1024 : 1000;
        return bytes is >= 0 and <= long.MaxValue ? (long)bytes : null;
    }

    [GeneratedRegex("^([0-9]{1,18}(?:\\.[0-9]{1,9})?) ?(?:([kmgt])(i?)b?|(b))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
