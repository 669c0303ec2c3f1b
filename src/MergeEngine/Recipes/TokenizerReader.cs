using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Checks the form of <c>tokenizer</c>, <c>tokenizer_source</c> and <c>chat_template</c>, then refuses them: what they ask for comes in a later version.</summary>
sealed class TokenizerReader(NodeReader reader)
{
    public const int ShortestTemplate = 20;

    public static readonly string[] Templates = ["auto", "alpaca", "chatml", "exaone", "llama3", "mistral"];

    public void Read(MapReader recipe)
    {
        YamlNode? source = recipe.Find("tokenizer_source"), tokenizer = recipe.Find("tokenizer"), template = recipe.Find("chat_template");
        if (source is not null && tokenizer is not null) reader.Report(Errors.BothTokenizerForms(tokenizer.Position));
        if (source is not null) Source(source, "'tokenizer_source'");
        if (tokenizer is not null) Tokenizer(tokenizer);
        if (template is not null) Template(template);
        foreach (var (node, key) in new[] { (source, "tokenizer_source"), (tokenizer, "tokenizer"), (template, "chat_template") })
        {
            if (node is not null) reader.Report(Errors.TokenizerNotSupported(node.Position, key));
        }
    }

    void Source(YamlNode node, string what)
    {
        if (node is not YamlScalar { Text: "union" or "base" }) reader.Reference(node, what);
    }

    void Tokenizer(YamlNode node)
    {
        if (reader.Map(node, "'tokenizer'") is not { } map) return;
        if (map.Find("source") is { } source) Source(source, "'source'");
        if (map.Find("pad_to_multiple_of") is { } multiple) reader.Integer(multiple, "'pad_to_multiple_of'");
        if (map.Find("tokens") is { } tokens) Tokens(tokens);
        map.WarnAboutOthers();
    }

    void Tokens(YamlNode node)
    {
        if (node is not YamlMap tokens)
        {
            reader.WrongType(node, "'tokens'", "a map from tokens");
            return;
        }
        foreach (YamlEntry token in tokens.Entries)
        {
            if (reader.Map(token.Value, $"token '{token.Key}'") is not { } map) continue;
            if (map.Require("source") is { } source) TokenSource(source);
            map.Boolean("force");
            map.WarnAboutOthers();
        }
    }

    void TokenSource(YamlNode node)
    {
        if (node is not YamlMap { } form || form.Find("kind") is not { } kind)
        {
            reader.Reference(node, "a token's 'source'");
            return;
        }
        MapReader map = reader.Map(form, "a token's 'source'")!;
        map.Find("kind");
        if (kind is YamlScalar { Text: "zero" })
            map.WarnAboutOthers();
        else if (kind is YamlScalar { Text: "model_token" })
            ModelToken(map);
        else
            reader.WrongType(kind, "'kind'", "'model_token' or 'zero'");
    }

    void ModelToken(MapReader map)
    {
        if (map.Require("model") is { } model) reader.Reference(model, "'model'");
        YamlNode? token = map.Find("token"), id = map.Find("token_id");
        if (token is not null) reader.Text(token, "'token'");
        if (id is not null) reader.Integer(id, "'token_id'");
        if (token is null == id is null)
            reader.Report(Errors.NotExactlyOne(map.Position, "a token's 'source'", "'token' and 'token_id'", token is null ? 0 : 2));
        map.WarnAboutOthers();
    }

    void Template(YamlNode node)
    {
        if (reader.Text(node, "'chat_template'") is not { } template || Templates.Contains(template.Value)) return;
        if (template.Value.Length < ShortestTemplate || !template.Value.Contains('{'))
            reader.Report(Errors.BadChatTemplate(node.Position, template.Value, Templates));
    }
}
