using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads <c>tokenizer</c> or <c>tokenizer_source</c>, its short form.</summary>
sealed class TokenizerReader(NodeReader reader)
{
    /// <returns>Null where the recipe has neither, or after an error.</returns>
    public RecipeTokenizer? Read(MapReader recipe)
    {
        YamlNode? source = recipe.Find("tokenizer_source"), tokenizer = recipe.Find("tokenizer");
        if (source is not null && tokenizer is not null) reader.Report(Errors.BothTokenizerForms(tokenizer.Position));
        if (tokenizer is not null) return Tokenizer(tokenizer);
        return source is not null && Source(source, "'tokenizer_source'") is { } given ? new RecipeTokenizer(given, []) : null;
    }

    Placed<VocabularySource>? Source(YamlNode node, string what)
    {
        if (node is YamlScalar { Text: "union" or "base" } word)
            return new(new(word.Text == "union" ? VocabularySource.Kinds.Union : VocabularySource.Kinds.Base), node.Position);
        return reader.Reference(node, what) is { } model ? new(new(VocabularySource.Kinds.Model, model.Value), node.Position) : null;
    }

    RecipeTokenizer? Tokenizer(YamlNode node)
    {
        if (reader.Map(node, "'tokenizer'") is not { } map) return null;
        Placed<VocabularySource>? source = map.Find("source") is { } given ? Source(given, "'source'") : new(new(VocabularySource.Kinds.Union), map.Position);
        int multiple = map.Find("pad_to_multiple_of") is { } number ? Multiple(number) : 1;
        IReadOnlyList<RecipeToken> tokens = map.Find("tokens") is { } list ? Tokens(list) : [];
        map.WarnAboutOthers();
        return source is { } known ? new RecipeTokenizer(known, tokens, multiple) : null;
    }

    /// <summary>0 means no padding, as in mergekit.</summary>
    int Multiple(YamlNode node)
    {
        const string What = "'pad_to_multiple_of'";
        if (reader.Integer(node, What) is not { } multiple) return 1;
        if (multiple is < 0 or > RecipeTokenizer.LargestMultiple) reader.WrongType(node, What, $"a whole number from 1 to {RecipeTokenizer.LargestMultiple}");
        return Math.Max(1, multiple);
    }

    IReadOnlyList<RecipeToken> Tokens(YamlNode node)
    {
        if (node is YamlMap tokens) return [.. tokens.Entries.Select(Token).OfType<RecipeToken>()];
        reader.WrongType(node, "'tokens'", "a map from tokens");
        return [];
    }

    RecipeToken? Token(YamlEntry token)
    {
        if (reader.Map(token.Value, $"token '{token.Key}'") is not { } map) return null;
        TokenSource? source = map.Require("source") is { } given ? TokenSource(given) : null;
        bool force = map.Boolean("force") is { Value: true };
        map.WarnAboutOthers();
        return source is null ? null : new RecipeToken(new(token.Key, token.Position), source, force);
    }

    TokenSource? TokenSource(YamlNode node)
    {
        if (node is not YamlMap { } form || form.Find("kind") is not { } kind)
            return reader.Reference(node, "a token's 'source'") is { } model ? new TokenSource(model.Position, model.Value) : null;
        MapReader map = reader.Map(form, "a token's 'source'")!;
        map.Find("kind");
        if (kind is YamlScalar { Text: "model_token" }) return ModelToken(map);
        if (kind is not YamlScalar { Text: "zero" }) reader.WrongType(kind, "'kind'", "'model_token' or 'zero'");
        map.WarnAboutOthers();
        return new TokenSource(node.Position, null);
    }

    TokenSource? ModelToken(MapReader map)
    {
        Placed<ModelReference>? model = map.Require("model") is { } given ? reader.Reference(given, "'model'") : null;
        YamlNode? token = map.Find("token"), id = map.Find("token_id");
        if (token is null == id is null)
            reader.Report(Errors.NotExactlyOne(map.Position, "a token's 'source'", "'token' and 'token_id'", token is null ? 0 : 2));
        map.WarnAboutOthers();
        string? text = token is null ? null : reader.Text(token, "'token'")?.Value;
        int? number = id is null ? null : reader.Integer(id, "'token_id'");
        if (number < 0) reader.WrongType(id!, "'token_id'", "a whole number that is not negative");
        return model is { } known ? new TokenSource((token ?? id)?.Position ?? map.Position, known.Value, text, number) : null;
    }
}
