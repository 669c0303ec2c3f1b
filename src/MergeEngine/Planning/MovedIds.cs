using System.Text.Json.Nodes;
using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>Finds ids of special tokens in configurations that are copied, and that mean another token in the output's vocabulary.</summary>
static class MovedIds
{
    const string GenerationFileName = "generation_config.json";

    /// <returns>For each such id: its key and what becomes of its token.</returns>
    public static IReadOnlyList<string> Find(OpenModel donor, Vocabulary tokens, OutputVocabulary output)
    {
        Dictionary<int, string> byId = [];
        foreach ((string token, int id) in tokens.Tokens) byId.TryAdd(id, token);
        return
        [
            .. Configurations(donor).SelectMany(config => config).Where(entry => entry.Key.EndsWith("_token_id", StringComparison.Ordinal))
                .SelectMany(entry => Ids(entry.Value), (entry, id) => (entry.Key, Id: id))
                .Where(entry => byId.TryGetValue(entry.Id, out string? token) && output.IdOf(token) != entry.Id).Distinct()
                .Select(entry => $"{entry.Key} {entry.Id} was '{byId[entry.Id]}', which {Place(output.IdOf(byId[entry.Id]))}"),
        ];
    }

    static string Place(int id) => id < 0 ? "is not in the output" : $"is {id} in the output";

    static IEnumerable<int> Ids(JsonNode? value) => value is JsonArray list ? list.SelectMany(Ids) : value is JsonValue one && one.TryGetValue(out int id) ? [id] : [];

    static IEnumerable<JsonObject> Configurations(OpenModel donor)
    {
        yield return donor.Config.Root;
        string path = Path.Combine(donor.Directory, GenerationFileName);
        if (File.Exists(path) && Generation(path) is { } root) yield return root;
    }

    /// <summary>A file that cannot be read says nothing here; it is copied as it is.</summary>
    static JsonObject? Generation(string path)
    {
        try
        {
            return ModelConfig.Parse(SmallFile.Read(path, 1 << 20, Errors.TokenizerNotReadable), path).Root;
        }
        catch (MergeException)
        {
            return null;
        }
    }
}
