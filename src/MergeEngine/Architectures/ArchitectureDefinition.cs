using System.Collections.Immutable;

namespace MergeEngine.Architectures;

/// <summary>One definition as its file says it: ranges and aliases are not resolved yet, because they need a configuration.</summary>
sealed record ArchitectureDefinition(string Name)
{
    const int MostTensors = 65_536;

    public ImmutableArray<string> Classes { get; init; } = [];

    public string? ModelType { get; init; }

    /// <summary>Pattern of a tensor that a checkpoint must have; null: any checkpoint.</summary>
    public string? Has { get; init; }

    public ImmutableArray<string> VocabSizeKeys { get; init; } = ["vocab_size"];

    public ImmutableArray<string> SideFiles { get; init; } = [];

    public ImmutableArray<(string From, string To)> Aliases { get; init; } = [];

    public ImmutableArray<string> Ignored { get; init; } = [];

    public ImmutableArray<ArchitectureModule> Modules { get; init; } = [];

    /// <summary>The architecture of a model with this configuration.</summary>
    /// <exception cref="MergeException">MRG0254: the configuration lacks the end of a range, or it is out of bounds.</exception>
    public Architecture Bind(ModelConfig config) => new(Name, Modules.Select(module => Bind(module, config)))
    {
        VocabSizeKeys = VocabSizeKeys,
        SideFiles = SideFiles,
        Ignored = Ignored,
    };

    ArchitectureModule Bind(ArchitectureModule module, ModelConfig config) => module with
    {
        Pre = Bind(module.Pre, config),
        Layer = Bind(module.Layer, config),
        Post = Bind(module.Post, config),
    };

    ImmutableArray<TensorTemplate> Bind(ImmutableArray<TensorTemplate> templates, ModelConfig config) =>
    [
        .. templates.SelectMany(template => NamePattern.Ranges(template.Name, key => Count(config, key))
            .Select(name => template with { Name = name, Aliases = AliasesOf(name) })),
    ];

    int Count(ModelConfig config, string key)
    {
        if (int.TryParse(key, out int number)) return number;
        long? count = config.Integer(key);
        return count is >= 0 and <= MostTensors ? (int)count : throw new MergeException(Errors.NoTensorCount(config, Name, key, count));
    }

    ImmutableArray<string> AliasesOf(string name)
    {
        List<string> names = [name];
        foreach ((string from, string to) in Aliases)
        {
            names.AddRange(names.Select(known => NamePattern.Star(from, known) is { } star ? to.Replace("*", star, StringComparison.Ordinal) : null)
                .OfType<string>().ToList());
        }
        return [.. names.Skip(1)];
    }
}
