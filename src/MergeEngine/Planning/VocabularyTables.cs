using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Output;
using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>Fits the tables of a merge, which have one row per token, to the output's vocabulary.</summary>
sealed class VocabularyTables(TokenizerPlan plan, MergeRecipe recipe, RecipeModels models, List<Diagnostic> findings)
{
    readonly Dictionary<string, TokenRows> rows = new(StringComparer.Ordinal);
    readonly List<(string Tensor, TokenRows Rows)> tables = [];

    /// <summary>Vectors with a number for each token of the vocabulary.</summary>
    static readonly string[] TokenBiases = ["lm_head.bias", "lm_head.linear.bias", "lm_head.decoder.bias", "predictions.bias", "predictions.decoder.bias", "vocab_projector.bias"];

    /// <summary>Embeddings, heads and the heads' biases. Other shapes (patch embeddings, norms) are merged as they are.</summary>
    public static bool Fits(TensorTemplate template, IEnumerable<StepSource> sources) => sources.All(source => source.Tensor.Shape.Rank == RankOf(template));

    /// <summary>2 for a table, 1 for a bias; 0 for what has no rows of tokens.</summary>
    static int RankOf(TensorTemplate template) =>
        template.IsEmbedding ? 2 : TokenBiases.Any(name => template.Name.EndsWith(name, StringComparison.Ordinal)) ? 1 : 0;

    /// <param name="present">Sources that have the table, with their models.</param>
    /// <returns>The sources with fitted tables; null after an error.</returns>
    public StepSource[]? Fit(string tensor, TensorTemplate template, IReadOnlyList<(ModelReference Model, StepSource Source)> present)
    {
        List<(ModelReference Model, PlannedTensor Table)> all = [.. present.Select(one => (one.Model, one.Source.Tensor)).DistinctBy(one => one.Model)];
        foreach (ModelReference giver in Givers)
            if (all.TrueForAll(one => one.Model != giver) && Find(giver, template) is { } table) all.Add((giver, table));
        if (!HaveRows(tensor, all)) return null;
        TokenRows found = RowsOf([.. all.Select(one => one.Model)]);
        tables.Add((tensor, found));
        PlannedTensor[] list = [.. all.Select(one => one.Table)];
        return [.. present.Select(one => one.Source with { Tensor = Gathered(list, all.FindIndex(other => other.Model == one.Model), found) })];
    }

    /// <summary>Says what happened to tokens, in findings and in a file.</summary>
    /// <param name="donor">The donor's tokenizer, whose ids the copied configurations have.</param>
    public IReadOnlyList<OutputText> Report(TokenizerFolder donor)
    {
        string[] zeros = [.. tables.SelectMany(table => table.Rows.Fallbacks.Index().Where(row => row.Item.IsZero && !plan.IsNamed(row.Index)).Select(row => plan.Tokens[row.Index]!)).Distinct()];
        if (zeros.Length > 0) findings.Add(Errors.RowsAreZero(plan.Position, zeros));
        IReadOnlyList<string> moved = donor.Tokens is { } tokens ? MovedIds.Find(models.Donor, tokens, plan.Vocabulary) : [];
        if (moved.Count > 0) findings.Add(Errors.TokenIdsMoved(plan.Position, moved));
        findings.Add(Errors.TokensMerged(plan.Position, TokenizerReport.Summary(plan, tables)));
        return [new OutputText(TokenizerReport.FileName, TokenizerReport.Text(plan, tables))];
    }

    /// <summary>Models that may give rows though they are no sources: the base, and those that the recipe names for tokens.</summary>
    IEnumerable<ModelReference> Givers => plan.Request.Tokens.Select(token => token.Source.Model).Prepend(recipe.Base?.Value).OfType<ModelReference>().Distinct();

    PlannedTensor? Find(ModelReference model, TensorTemplate template) =>
        template.FindIn(models[model].Checkpoint.Tensors, 0, 0) is { } table && table.Shape.Rank == RankOf(template) ? models[model].Planned(model.ToString(), table) : null;

    GatheredRows Gathered(PlannedTensor[] list, int own, TokenRows found)
    {
        TensorShape shape = list[own].Shape;
        return new GatheredRows(list, own, found.Maps[own], shape.Rank == 2 ? new TensorShape(plan.RowCount, shape[1]) : new TensorShape(plan.RowCount));
    }

    TokenRows RowsOf(IReadOnlyList<ModelReference> all)
    {
        string key = string.Join('\n', all.Select(model => plan.Find(model)!.Model.Position));
        if (!rows.TryGetValue(key, out TokenRows? found))
            rows.Add(key, found = new TokenRows(plan, all, recipe.Base is { } given ? all.Index().Where(one => one.Item == given.Value).Select(one => one.Index).DefaultIfEmpty(-1).First() : -1));
        return found;
    }

    /// <summary>Every id that is used is a row of the table, and all tables have one width.</summary>
    bool HaveRows(string tensor, List<(ModelReference Model, PlannedTensor Table)> all)
    {
        int before = findings.Count;
        if (all.Select(one => one.Table.Shape.Extents[1..].FirstOrDefault()).Distinct().Count() > 1)
            findings.Add(Errors.WidthsDiffer(plan.Position, [.. all.Select(one => $"{one.Table.Name} {one.Table.Shape} of '{one.Model}'")]));
        foreach (var (model, table) in all)
        {
            long count = table.Shape[0];
            var vocabulary = plan.Find(model)!;
            if (!table.HasRows) findings.Add(Errors.TableIsComputed(vocabulary.Model.Position, model, table.Name));
            string[] beyond = [.. plan.RowsOf(vocabulary).Index().Where(row => row.Item >= count).Select(row => plan.Tokens[row.Index]!)];
            if (beyond.Length > 0) findings.Add(Errors.TokensBeyondRows(vocabulary.Model.Position, model, count, beyond));
        }
        foreach (RecipeToken token in plan.Request.Tokens.Where(token => token.Source.Model is not null))
        {
            var table = all.Find(one => one.Model == token.Source.Model).Table;
            string wanted = token.Source.Id is { } id ? $"the id {id}" : $"the token '{token.Source.Token ?? token.Text.Value}'";
            if (table is null || token.Source.Id >= table.Shape[0]) findings.Add(Errors.TokenNotInModel(token.Source.Position, token.Text.Value, token.Source.Model!, $"{wanted} ({tensor})"));
        }
        return findings.Count == before;
    }
}
