using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>Brings the tokenizers of a recipe's models together. Reads files of tokenizers, no tensors.</summary>
sealed class TokenizerPlanner(MergeRecipe recipe, RecipeTokenizer request, RecipeModels models, PlanningContext context, List<Diagnostic> findings)
{
    /// <summary>The models, the donor first.</summary>
    readonly Placed<ModelReference>[] references =
        [.. recipe.Models.OrderBy(model => model.Value == models.DonorReference ? 0 : 1)];

    /// <returns>Null after an error.</returns>
    public TokenizerPlan? Plan()
    {
        int errors = ErrorCount;
        if (Folder(references[0]) is not { } baseFolder || Known(references[0], baseFolder) is not { } baseTokens) return null;
        ModelVocabulary first = Stripped(references[0], baseTokens);
        ModelVocabulary[] vocabularies = [first, .. references.Skip(1).Select(model => Vocabulary(model, first)).OfType<ModelVocabulary>()];
        if (ErrorCount > errors || Origin(baseFolder) is not { Tokens: { } tokens } origin) return null;
        bool isBase = request.Source.Value.Kind != VocabularySource.Kinds.Model;
        var output = new OutputVocabulary(tokens, isBase ? first.Limit : int.MaxValue);
        if (request.Source.Value.Kind == VocabularySource.Kinds.Union) Unite(output, vocabularies);
        foreach (RecipeToken token in request.Tokens) AddNamed(output, token);
        Check(output, origin, vocabularies);
        return ErrorCount > errors ? null : new TokenizerPlan(request, origin, output, vocabularies);
    }

    int ErrorCount => findings.Count(finding => finding.Severity == Severity.Error);

    TokenizerFolder? Folder(Placed<ModelReference> model) => MergePlanner.Try(() => context.Models.Tokenizer(models[model.Value].Directory), findings);

    Vocabulary? Known(Placed<ModelReference> model, TokenizerFolder folder)
    {
        if (folder.Tokens is null) findings.Add(Errors.NoTokenizer(model.Position, model.Value, folder.Present));
        return folder.Tokens;
    }

    int Limit(ModelReference model, Vocabulary? tokens)
    {
        var config = models[model].Config;
        long size = config.FirstInteger(models.Architecture.VocabSizeKeys) is { } key ? config.Integer(key)!.Value : tokens?.IdCount ?? 0;
        return (int)Math.Clamp(size, 0, MergeEngine.Tokenizers.Vocabulary.MostIds);
    }

    /// <summary>The base without the tokens that it has no rows for.</summary>
    ModelVocabulary Stripped(Placed<ModelReference> model, Vocabulary tokens)
    {
        int limit = Limit(model.Value, tokens);
        string[] beyond = [.. tokens.Tokens.Where(token => token.Value >= limit).Select(token => token.Key)];
        if (beyond.Length == 0) return new ModelVocabulary(model, tokens, limit);
        findings.Add(Errors.TokensWithoutRows(model.Position, model.Value, limit, beyond));
        var kept = tokens.Tokens.Where(token => token.Value < limit).ToDictionary(StringComparer.Ordinal);
        return new ModelVocabulary(model, new Vocabulary(kept, tokens.Added.Values.Where(token => token.Id < limit)), limit);
    }

    /// <summary>A model without a tokenizer counts as having the base's, if its size agrees.</summary>
    ModelVocabulary? Vocabulary(Placed<ModelReference> model, ModelVocabulary first)
    {
        if (Folder(model) is not { } folder) return null;
        int limit = Limit(model.Value, folder.Tokens);
        if (folder.Tokens is { } tokens) return new ModelVocabulary(model, tokens, limit);
        bool isAssumed = folder.Present.Count == 0 && limit == first.Limit;
        findings.Add(isAssumed ? Errors.TokenizerAssumed(model.Position, model.Value, first.Model.Value) : Errors.NoTokenizer(model.Position, model.Value, folder.Present));
        return isAssumed ? new ModelVocabulary(model, first.Tokens, limit) : null;
    }

    /// <summary>A named model need not be merged.</summary>
    TokenizerFolder? Origin(TokenizerFolder baseFolder)
    {
        if (request.Source.Value.Model is not { } model) return baseFolder;
        var placed = new Placed<ModelReference>(model, request.Source.Position);
        TokenizerFolder? folder = MergePlanner.Try(() => context.Models.Tokenizer(models.Find(model)?.Directory ?? new ModelPaths([.. recipe.Needs], context).Find(placed)), findings);
        return folder is null || Known(placed, folder) is null ? null : folder;
    }

    void Unite(OutputVocabulary output, ModelVocabulary[] vocabularies)
    {
        Dictionary<ModelVocabulary, List<string>> conflicts = [];
        VocabularyUnion.Append(output, vocabularies, (model, token) =>
        {
            if (!conflicts.TryGetValue(model, out List<string>? tokens)) conflicts.Add(model, tokens = []);
            tokens.Add(token.Content);
        });
        foreach (var (model, tokens) in conflicts) findings.Add(Errors.AddedTokensDiffer(model.Model.Position, model.Model.Value, tokens));
        foreach (ModelVocabulary model in vocabularies.Skip(1))
        {
            string[] beyond = [.. model.Tokens.Tokens.Where(token => token.Value >= model.Limit && output.IdOf(token.Key) < 0).Select(token => token.Key)];
            if (beyond.Length > 0) findings.Add(Errors.TokensWithoutRows(model.Model.Position, model.Model.Value, model.Limit, beyond));
        }
    }

    void AddNamed(OutputVocabulary output, RecipeToken token)
    {
        if (token.Text.Value == "") return;
        if (output.FindAdded(token.Text.Value) is { Special: true }) findings.Add(Errors.SpecialTokenMadeOrdinary(token.Text.Position, token.Text.Value));
        output.Add(new AddedToken(-1, token.Text.Value));
    }

    void Check(OutputVocabulary output, TokenizerFolder origin, ModelVocabulary[] vocabularies)
    {
        Placed<ModelReference> owner = request.Source.Value.Model is { } named ? new(named, request.Source.Position) : references[0];
        if (output.IsChanged && origin.File is null)
            findings.Add(Errors.TokenizerJsonNeeded(owner.Position, owner.Value, [.. output.Changed.Select(token => token.Content).Concat(output.Stripped)]));
        if (origin.File is { } file && (file.UnknownId >= output.Limit || file.UnknownToken is { } unknown && output.Stripped.Contains(unknown)))
            findings.Add(Errors.UnknownTokenStripped(owner.Position, owner.Value, output.Limit));
        foreach (var same in output.Tokens.GroupBy(token => token.Value).Where(group => group.Skip(1).Any()).Take(20))
            findings.Add(Errors.TokensShareAnId(owner.Position, same.Key, [.. same.Select(token => token.Key)]));
        foreach (ModelVocabulary model in vocabularies)
        {
            if (Folder(model.Model)?.File?.Spelling is { } spelling && origin.File is { } whole && spelling != whole.Spelling)
                findings.Add(Errors.SpellingsDiffer(request.Source.Position, model.Model.Value, owner.Value));
            string[] beyond = [.. output.Tokens.Select(token => token.Key).Where(model.IsBeyond)];
            if (beyond.Length > 0) findings.Add(Errors.TokensBeyondRows(model.Model.Position, model.Model.Value, model.Limit, beyond));
        }
        foreach (RecipeToken token in request.Tokens) Check(token, vocabularies);
    }

    void Check(RecipeToken token, ModelVocabulary[] vocabularies)
    {
        var (text, source) = (token.Text.Value, token.Source);
        if (source.Model is not { } model) return;
        if (vocabularies.FirstOrDefault(known => known.Model.Value == model) is not { } vocabulary)
            findings.Add(Errors.TokenSourceOutside(source.Position, text, model, vocabularies.Select(known => $"'{known.Model.Value}'")));
        else if (source.Id is null && vocabulary.RowOf(source.Token ?? text) < 0)
            findings.Add(Errors.TokenNotInModel(source.Position, text, model, $"the token '{source.Token ?? text}'"));
    }
}
