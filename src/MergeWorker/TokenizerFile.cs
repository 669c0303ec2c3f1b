using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using MergeCache;
using MergeEngine.Output;
using MergeEngine.Planning;
using Tokenizers.DotNet;

namespace MergeWorker;

/// <summary>The tokenizer.json of a model, run by the library that the format is of.</summary>
/// <remarks>The library always adds special tokens and reads a path only, so it is given a copy that has none to add, and neither cuts nor pads.</remarks>
sealed class TokenizerFile : ITextEncoder
{
    const string FileName = "tokenizer.json";

    static readonly string[] Omitted = ["post_processor", "truncation", "padding"];

    /// <summary>Of these the first that names the token wins.</summary>
    static readonly string[] ConfigNames = ["tokenizer_config.json", "special_tokens_map.json"];

    readonly Tokenizer tokenizer;

    TokenizerFile(Tokenizer tokenizer, string? begin) => (this.tokenizer, BeginOfText) = (tokenizer, begin);

    public string? BeginOfText { get; }

    /// <param name="directory">The model's folder.</param>
    /// <exception cref="InvalidDataException">There is no such file, it is malformed, or the library is not there for this system.</exception>
    public static TokenizerFile Open(string directory)
    {
        try
        {
            JsonObject file = Read(directory, FileName) ?? throw new InvalidDataException($"there is no {FileName} in '{directory}'.");
            foreach (string key in Omitted) file[key] = null;
            return new TokenizerFile(Load(file), ConfigNames.Select(name => BeginOf(Read(directory, name))).FirstOrDefault(token => token is not null));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The tree finds broken text and keys that come twice only where they are asked for.
            throw new InvalidDataException($"its JSON is broken: {e.Message}", e);
        }
    }

    public IReadOnlyList<long> Encode(string text) => Try(() => tokenizer.Encode(text).Select(id => (long)id).ToArray());

    public void Dispose() => tokenizer.Dispose();

    static Tokenizer Load(JsonObject file)
    {
        string copy = Path.GetTempFileName();
        try
        {
            File.WriteAllText(copy, file.ToJsonString());
            return Try(() => new Tokenizer(copy));
        }
        finally
        {
            File.Delete(copy);
        }
    }

    static string? BeginOf(JsonObject? config) => config?["bos_token"] switch
    {
        JsonObject token => Text(token["content"]),
        var token => Text(token),
    };

    static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    /// <returns>Null if there is no such file.</returns>
    static JsonObject? Read(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        try
        {
            if (!File.Exists(path)) return null;
            if (FileStamp.Of(path) is { Size: 0 }) throw new InvalidDataException($"{name} has no bytes.");
            using FileStream file = File.OpenRead(path);
            if (file.Length > SideFile.MostBytes) throw new InvalidDataException($"{name} has {file.Length} bytes; at most {SideFile.MostBytes} are read.");
            return JsonNode.Parse(file) as JsonObject ?? throw new InvalidDataException($"{name} holds no JSON object.");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{name} cannot be read: {e.Message}", e);
        }
    }

    static T Try<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException { InnerException: DllNotFoundException } or BadImageFormatException)
        {
            throw new InvalidDataException($"the tokenizer library is not there for this system ({RuntimeInformation.RuntimeIdentifier}).", e);
        }
        catch (TokenizerException e)
        {
            throw new InvalidDataException($"the tokenizer library says: {e.Message}", e);
        }
    }
}
