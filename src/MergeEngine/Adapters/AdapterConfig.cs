namespace MergeEngine.Adapters;

/// <summary>An adapter_config.json as far as it decides numbers. Valid: every rank is positive, every number finite.</summary>
sealed record AdapterConfig
{
    /// <summary>Name of the file in an adapter's folder.</summary>
    public const string FileName = "adapter_config.json";

    /// <summary>Full path of the file.</summary>
    public required string Path { get; init; }

    public required int Rank { get; init; }

    public required double Alpha { get; init; }

    /// <summary>The first that fits a module gives its rank.</summary>
    public IReadOnlyList<(ModulePattern Pattern, int Rank)> RankPatterns { get; init; } = [];

    /// <summary>The first that fits a module gives its alpha.</summary>
    public IReadOnlyList<(ModulePattern Pattern, double Alpha)> AlphaPatterns { get; init; } = [];

    /// <summary>Alpha is divided by the root of the rank, not by the rank.</summary>
    public bool UseRootOfRank { get; init; }

    public bool UseMagnitudes { get; init; }

    /// <summary>Square weights are stored [in, out]; of the others the shape tells.</summary>
    public bool FanInFanOut { get; init; }

    public bool UpdatesBiases { get; init; }

    /// <summary>Ends of names of bare parameters that have factors of their own, such as <c>mlp.experts.down_proj</c>.</summary>
    public IReadOnlyList<string> TargetParameters { get; init; } = [];

    /// <summary>Trained tokens by the end of the embedding's name; the empty name stands for any.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>> Tokens { get; init; } = new Dictionary<string, IReadOnlyList<int>>();

    /// <summary>How the factors were initialised, where that changed the model: <c>pissa</c> and the like. Null: the model stayed as it was.</summary>
    public string? MutatingInitialisation { get; init; }

    /// <summary>The model that it was trained on, as the trainer named it; null: not said.</summary>
    public string? BaseModel { get; init; }

    /// <summary>What is odd, but changes nothing that is known.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    public int RankOf(string module) => Find(RankPatterns, module, Rank);

    /// <summary>Factor of the product of a module's factors.</summary>
    public double ScaleOf(string module)
    {
        int rank = RankOf(module);
        return Find(AlphaPatterns, module, Alpha) / (UseRootOfRank ? Math.Sqrt(rank) : rank);
    }

    /// <summary>Names of the module's parameters that have factors of their own, if it has them.</summary>
    public IEnumerable<string> ParametersOf(string module)
    {
        foreach (string target in TargetParameters)
        {
            int dot = target.LastIndexOf('.');
            if (EndsWith(module, target[..Math.Max(0, dot)])) yield return target[(dot + 1)..];
        }
    }

    /// <summary>The trained tokens of an embedding.</summary>
    public IReadOnlyList<int> TokensOf(string module) => Tokens.Where(entry => EndsWith(module, entry.Key)).Select(entry => entry.Value).FirstOrDefault([]);

    static bool EndsWith(string module, string name) => name == "" || module == name || module.EndsWith($".{name}", StringComparison.Ordinal);

    T Find<T>(IReadOnlyList<(ModulePattern Pattern, T Value)> patterns, string module, T otherwise)
    {
        try
        {
            foreach (var (pattern, value) in patterns)
                if (pattern.Fits(module)) return value;
            return otherwise;
        }
        catch (System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            throw new MergeException(Errors.PatternTooSlow(new SourcePosition(Path), module));
        }
    }
}
