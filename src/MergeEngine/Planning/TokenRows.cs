using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>For one set of tables: where each model's row of each token comes from.</summary>
/// <remarks>
/// A model's own row, unless the recipe forces another. Where it has none: what the recipe says; else the row of the only model that has the token;
/// zero if none has it; the base's row; else the mean over the models that have it, in document order.
/// </remarks>
sealed class TokenRows
{
    readonly TokenizerPlan plan;
    readonly int[][] own;
    readonly bool[] forced;
    readonly List<RowOrigin[]> means = [];

    /// <param name="plan">The output's vocabulary and those of the models.</param>
    /// <param name="models">Whose tables there are, in document order.</param>
    /// <param name="baseAt">Which of them is the recipe's base; -1: none.</param>
    public TokenRows(TokenizerPlan plan, IReadOnlyList<ModelReference> models, int baseAt)
    {
        (this.plan, Models) = (plan, models);
        own = [.. models.Select(model => plan.RowsOf(plan.Find(model)!))];
        Fallbacks = new RowOrigin[plan.Tokens.Length];
        forced = new bool[plan.Tokens.Length];
        for (int id = 0; id < Fallbacks.Length; id++) Fallbacks[id] = Fallback(id, baseAt);
        foreach (RecipeToken token in plan.Request.Tokens)
        {
            if (plan.Vocabulary.IdOf(token.Text.Value) is not (>= 0 and var id)) continue;
            Fallbacks[id] = Named(token, id);
            forced[id] = token.Force;
        }
        Maps = [.. Enumerable.Range(0, models.Count).Select(MapOf)];
    }

    public IReadOnlyList<ModelReference> Models { get; }

    /// <summary>By id, the row of the models that lack the token.</summary>
    public RowOrigin[] Fallbacks { get; }

    /// <summary>The rows that means are made of.</summary>
    public IReadOnlyList<RowOrigin[]> Means => means;

    /// <summary>The origins of all rows, for each model.</summary>
    public IReadOnlyList<RowMap> Maps { get; }

    /// <summary>The recipe's row takes the place of the models' own.</summary>
    public bool IsForced(int id) => forced[id];

    /// <summary>Models that get the fallback of an id.</summary>
    public IEnumerable<int> Takers(int id) => Enumerable.Range(0, Models.Count).Where(model => forced[id] || own[model][id] < 0);

    RowOrigin Fallback(int id, int baseAt)
    {
        if (plan.Tokens[id] is null) return RowOrigin.Padding;
        int[] have = [.. Enumerable.Range(0, own.Length).Where(model => own[model][id] >= 0)];
        if (have.Length == own.Length) return RowOrigin.None;
        if (have.Length == 0) return RowOrigin.Zero;
        int giver = have.Length == 1 ? have[0] : have.Contains(baseAt) ? baseAt : -1;
        if (giver >= 0) return new RowOrigin(giver, own[giver][id]);
        means.Add([.. have.Select(model => new RowOrigin(model, own[model][id]))]);
        return RowOrigin.Mean(means.Count - 1);
    }

    RowOrigin Named(RecipeToken token, int id)
    {
        if (token.Source.Model is not { } reference) return RowOrigin.Zero;
        int model = Models.Index().First(known => known.Item == reference).Index;
        string text = token.Source.Token ?? token.Text.Value;
        return new RowOrigin(model, token.Source.Id ?? (text == token.Text.Value ? own[model][id] : plan.Find(reference)!.RowOf(text)));
    }

    RowMap MapOf(int model)
    {
        var rows = new RowOrigin[plan.RowCount];
        Array.Fill(rows, RowOrigin.Padding);
        for (int id = 0; id < Fallbacks.Length; id++)
            rows[id] = own[model][id] >= 0 && !forced[id] ? new RowOrigin(model, own[model][id]) : Fallbacks[id];
        return new RowMap(rows, means);
    }
}
