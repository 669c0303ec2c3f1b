namespace MergeBench;

/// <summary>One benchmark: a recipe over the first models of the synthetic set.</summary>
/// <param name="Name">The method's id.</param>
/// <param name="Inputs">How many checkpoints it reads, the base included.</param>
sealed record MergeCase(string Name, int Inputs, Func<string[], string> Text)
{
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
