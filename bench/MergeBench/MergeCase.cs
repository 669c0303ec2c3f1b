namespace MergeBench;

/// <summary>One benchmark: a recipe over the first models of the synthetic set.</summary>
/// <param name="Name">The method's id.</param>
/// <param name="Inputs">How many checkpoints it reads, the base included.</param>
sealed record MergeCase(string Name, int Inputs, Func<string[], string> Text)
{
    /// <summary>All layers of a model but that many, from each of its inputs; null: as many layers as a model has.</summary>
    public int? LayersLeftOut { get; init; }

    /// <summary>Bytes of the output, as far as elements are.</summary>
    public long OutputLength(ModelShape shape)
    {
        var stacked = LayersLeftOut is { } less ? shape with { Layers = Inputs * (shape.Layers - less) } : shape;
        return stacked.Tensors().Sum(tensor => tensor.Shape.Count * sizeof(ushort));
    }

    /// <summary>The recipes of the baseline in bench/README.md: weights 0.6 and 0.4, density 0.5, t 0.5, bfloat16.</summary>
    public static IReadOnlyList<MergeCase> All { get; } =
    [
        new("linear", 3, models => Recipe("linear", null, [(models[0], "weight: 1.0"), (models[1], "weight: 0.6"), (models[2], "weight: 0.4")])),
        new("slerp", 2, models => Recipe("slerp", models[0], [(models[0], null), (models[1], null)], "t: 0.5")),
        new("task_arithmetic", 3, models => FromBase("task_arithmetic", models, "")),
        new("ties", 3, models => FromBase("ties", models, ", density: 0.5")),
        new("dare_ties", 3, models => FromBase("dare_ties", models, ", density: 0.5")),
        new("model_stock", 3, models => Recipe("model_stock", models[0], [(models[1], null), (models[2], null)])),
    ];

    /// <summary>Twice all layers but two, so that the middle ones come twice: 40 of TinyLlama's 22.</summary>
    public static MergeCase Stack(ModelShape shape) => new("passthrough", 2, models => $$"""
        merge_method: passthrough
        dtype: bfloat16
        slices:
          - sources: [{model: {{models[0]}}, layer_range: [0, {{shape.Layers - 2}}]}]
          - sources: [{model: {{models[1]}}, layer_range: [2, {{shape.Layers}}]}]

        """) { LayersLeftOut = 2 };

    static string FromBase(string method, string[] models, string more) =>
        Recipe(method, models[0], [(models[1], "weight: 0.6" + more), (models[2], "weight: 0.4" + more)]);

    static string Recipe(string method, string? baseModel, (string Model, string? Parameters)[] models, string? parameters = null) =>
        $"""
        merge_method: {method}
        dtype: bfloat16
        {(baseModel is null ? "" : $"base_model: {baseModel}")}
        {(parameters is null ? "" : $"parameters: {{{parameters}}}")}
        models:
        {string.Join("\n", models.Select(Model))}

        """;

    static string Model((string Model, string? Parameters) input) =>
        $"  - model: {input.Model}" + (input.Parameters is null ? "" : $"\n    parameters: {{{input.Parameters}}}");
}
