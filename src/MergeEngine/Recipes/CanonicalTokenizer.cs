using System.Globalization;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>The part of <see cref="CanonicalRecipe"/> that says how vocabularies become one. The order of tokens has an effect and is kept.</summary>
static class CanonicalTokenizer
{
    public static YamlMap NodeOf(RecipeTokenizer tokenizer)
    {
        SourcePosition position = tokenizer.Source.Position;
        return CanonicalRecipe.Map(position,
            ("pad_to_multiple_of", tokenizer.PadToMultipleOf == 1 ? null : Number(position, tokenizer.PadToMultipleOf)),
            ("source", tokenizer.Source.Value.Model is { } model ? Vocabulary(position, model) : new YamlScalar(position, tokenizer.Source.Value.ToString())),
            ("tokens", tokenizer.Tokens.Count == 0 ? null : new YamlMap(tokenizer.Tokens[0].Text.Position, [.. tokenizer.Tokens.Select(Token)])));
    }

    /// <summary>A folder named like one of the words needs the long form.</summary>
    static YamlNode Vocabulary(SourcePosition position, ModelReference model) => model.ToString() is "union" or "base"
        ? CanonicalRecipe.Map(position, ("model", CanonicalRecipe.Map(position, ("path", new YamlScalar(position, model.Path, isPlain: false)))))
        : Reference(position, model);

    static YamlEntry Token(RecipeToken token)
    {
        SourcePosition position = token.Text.Position;
        return new YamlEntry(token.Text.Value, position, CanonicalRecipe.Map(position,
            ("force", token.Force ? new YamlScalar(position, "true") : null),
            ("source", Source(token.Source))));
    }

    static YamlNode Source(TokenSource source)
    {
        SourcePosition position = source.Position;
        if (source.Model is null) return CanonicalRecipe.Map(position, ("kind", new YamlScalar(position, "zero")));
        if (source is { Token: null, Id: null }) return Reference(position, source.Model);
        return CanonicalRecipe.Map(position,
            ("kind", new YamlScalar(position, "model_token")),
            ("model", Reference(position, source.Model)),
            ("token", source.Token is null ? null : new YamlScalar(position, source.Token, isPlain: false)),
            ("token_id", source.Id is { } id ? Number(position, id) : null));
    }

    static YamlNode Reference(SourcePosition position, ModelReference model) => CanonicalRecipe.Reference(new(model, position));

    static YamlScalar Number(SourcePosition position, int value) => new(position, value.ToString(CultureInfo.InvariantCulture));
}
