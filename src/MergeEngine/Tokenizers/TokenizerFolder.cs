using System.Text;
using MergeEngine.Checkpoints;

namespace MergeEngine.Tokenizers;

/// <summary>The tokenizer in a model's folder: its vocabulary, its configuration and its template.</summary>
public sealed class TokenizerFolder
{
    public const string TemplateFileName = "chat_template.jinja";

    /// <summary>Files that hold a vocabulary and are replaced, or dropped, when an output gets another one.</summary>
    internal static readonly string[] VocabularyFiles =
    [
        TokenizerFile.FileName, "vocab.json", "merges.txt", "vocab.txt", "added_tokens.json", "tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "sentencepiece.model",
        "tekken.json", "bpe.codes", "dict.txt",
    ];

    /// <summary>Files that say what the tokens are for.</summary>
    internal static readonly string[] SettingsFiles = [TokenizerConfig.FileName, "special_tokens_map.json", TemplateFileName, "chat_template.json"];

    const int MostTemplateBytes = 1 << 20;

    TokenizerFolder(string directory)
    {
        Directory = directory;
        Config = Find(TokenizerConfig.FileName) is { } config ? TokenizerConfig.Read(config) : null;
        Template = Find(TemplateFileName) is { } template ? Encoding.UTF8.GetString(SmallFile.Read(template, MostTemplateBytes, Errors.TokenizerNotReadable)) : Config?.ChatTemplate;
        if (Find(TokenizerFile.FileName) is { } whole) File = TokenizerFile.Read(whole);
        Tokens = File?.Tokens ?? PlainVocabulary.Read(directory, Config);
    }

    /// <summary>Full path of the model's folder.</summary>
    public string Directory { get; }

    /// <summary>Null where the folder has no tokenizer.json.</summary>
    public TokenizerFile? File { get; }

    public TokenizerConfig? Config { get; }

    /// <summary>Null where no file tells the tokens.</summary>
    public Vocabulary? Tokens { get; }

    /// <summary>The template for conversations; null: none.</summary>
    public string? Template { get; }

    /// <summary>The template is a file of its own.</summary>
    public bool HasTemplateFile => Find(TemplateFileName) is not null;

    /// <summary>Names of the files with a vocabulary that are there, read or not.</summary>
    public IReadOnlyList<string> Present => [.. VocabularyFiles.Where(name => Find(name) is not null)];

    /// <summary>Full paths of what is read.</summary>
    public IEnumerable<string> Files => VocabularyFiles.Concat(SettingsFiles).Select(Find).OfType<string>();

    /// <exception cref="MergeException">MRG0240-MRG0242: a file of the tokenizer cannot be read, or is malformed.</exception>
    public static TokenizerFolder Read(string directory) => new(directory);

    string? Find(string name) => System.IO.Path.Combine(Directory, name) is var path && System.IO.File.Exists(path) ? path : null;
}
