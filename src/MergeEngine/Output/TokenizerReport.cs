using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MergeEngine.Planning;
using MergeEngine.Tokenizers;

namespace MergeEngine.Output;

/// <summary>Writes tokenizer-merge.json: what became of every token that not all models have a row for.</summary>
static class TokenizerReport
{
    public const string FileName = "tokenizer-merge.json";

    const int Schema = 1;

    static readonly JsonWriterOptions Format = new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="plan">The output's vocabulary.</param>
    /// <param name="tables">The tensors that were fitted to it.</param>
    public static string Text(TokenizerPlan plan, IReadOnlyList<(string Tensor, TokenRows Rows)> tables)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("source", InputModel.Shown(plan.Request.Source.Value.ToString()));
            json.WriteNumber("tokens", plan.Vocabulary.Count);
            json.WriteNumber("rows", plan.RowCount);
            Array(json, "added_or_changed", plan.Vocabulary.Changed, token => Token(json, token.Content, token.Id));
            Array(json, "left_out", plan.Models, model => LeftOut(json, plan, model));
            Array(json, "tables", tables.GroupBy(table => table.Rows), same => Table(json, plan, same.Key, same.Select(table => table.Tensor)));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length) + "\n";
    }

    /// <summary>One sentence about all tables.</summary>
    public static string Summary(TokenizerPlan plan, IReadOnlyList<(string Tensor, TokenRows Rows)> tables)
    {
        RowOrigin[] origins = [.. tables.Select(table => table.Rows).Distinct().SelectMany(rows => Decided(plan, rows).Select(id => rows.Fallbacks[id]))];
        return $"the output has {plan.Vocabulary.Count} tokens in {plan.RowCount} rows; {plan.Vocabulary.Changed.Count} tokens were added or changed, "
            + $"{origins.Count(origin => origin.IsStored)} rows copied between models, {origins.Count(origin => origin.IsMean)} averaged, {origins.Count(origin => origin.IsZero)} zero, "
            + $"{plan.Models.Sum(model => LeftOut(plan, model).Count())} tokens of models left out. {FileName} in the output names each.";
    }

    /// <summary>Ids whose row at least one model gets from elsewhere.</summary>
    static IEnumerable<int> Decided(TokenizerPlan plan, TokenRows rows) =>
        Enumerable.Range(0, rows.Fallbacks.Length).Where(id => plan.Tokens[id] is not null && rows.Takers(id).Any());

    static IEnumerable<string> LeftOut(TokenizerPlan plan, ModelVocabulary model) => model.Tokens.Tokens.Select(token => token.Key).Where(token => plan.Vocabulary.IdOf(token) < 0);

    static void LeftOut(Utf8JsonWriter json, TokenizerPlan plan, ModelVocabulary model)
    {
        json.WriteStartObject();
        json.WriteString("model", InputModel.Shown(model.Model.Value.ToString()));
        Array(json, "tokens", LeftOut(plan, model), json.WriteStringValue);
        json.WriteEndObject();
    }

    static void Table(Utf8JsonWriter json, TokenizerPlan plan, TokenRows rows, IEnumerable<string> tensors)
    {
        json.WriteStartObject();
        Array(json, "tensors", tensors, json.WriteStringValue);
        ILookup<string, int> kinds = Decided(plan, rows).ToLookup(id => rows.Fallbacks[id] switch { { IsZero: true } => "zeroed", { IsMean: true } => "averaged", _ => "copied" });
        foreach (string kind in new[] { "copied", "averaged", "zeroed" }) Array(json, kind, kinds[kind], id => Row(json, plan, rows, id));
        json.WriteNumber("padding_rows", plan.RowCount - plan.Tokens.Count(token => token is not null));
        json.WriteEndObject();
    }

    static void Row(Utf8JsonWriter json, TokenizerPlan plan, TokenRows rows, int id)
    {
        RowOrigin origin = rows.Fallbacks[id];
        json.WriteStartObject();
        json.WriteString("token", plan.Tokens[id]);
        json.WriteNumber("id", id);
        if (origin.IsStored) Origin(json, rows, origin);
        if (origin.IsMean) Array(json, "of", rows.Means[origin.Row], row =>
        {
            json.WriteStartObject();
            Origin(json, rows, row);
            json.WriteEndObject();
        });
        if (rows.IsForced(id)) json.WriteBoolean("forced", true);
        Array(json, "in", rows.Takers(id), model => json.WriteStringValue(Name(rows, model)));
        json.WriteEndObject();
    }

    static void Origin(Utf8JsonWriter json, TokenRows rows, RowOrigin origin)
    {
        json.WriteString("from", Name(rows, origin.Table));
        json.WriteNumber("row", origin.Row);
    }

    static string Name(TokenRows rows, int model) => InputModel.Shown(rows.Models[model].ToString());

    static void Token(Utf8JsonWriter json, string token, int id)
    {
        json.WriteStartObject();
        json.WriteString("token", token);
        json.WriteNumber("id", id);
        json.WriteEndObject();
    }

    static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items) write(item);
        json.WriteEndArray();
    }
}
