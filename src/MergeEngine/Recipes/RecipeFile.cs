using System.Text;
using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads a recipe file: YAML with one document a recipe, in mergekit's language.</summary>
public static class RecipeFile
{
    /// <summary>Largest file that is read, in bytes; recipes are a few hundred.</summary>
    public const int MostBytes = 4 << 20;

    /// <summary>Recipes of one file; they may use each other one after the other.</summary>
    public const int MostDocuments = 1000;

    /// <returns>The recipes; one whose result another uses stands before it.</returns>
    /// <exception cref="MergeException">All errors and warnings of the file, if there is an error: MRG0101-MRG0149.</exception>
    public static IReadOnlyList<Recipe> Read(string path) => Read(path, MethodRegistry.All);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="missing">Says of a model whether it is missing; asked only where the text has errors, so that all are told at once. A text without errors is planned, which finds out.</param>
    public static IReadOnlyList<Recipe> Read(string path, Func<Placed<ModelReference>, Diagnostic?> missing) => Parse(TextOf(path), path, MethodRegistry.All, missing);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="methods">The methods that recipes may name, by id.</param>
    public static IReadOnlyList<Recipe> Read(string path, IReadOnlyDictionary<string, IMergeMethod> methods) => Parse(TextOf(path), path, methods);

    /// <inheritdoc cref="Read(string)"/>
    /// <param name="file">What positions call the file.</param>
    public static IReadOnlyList<Recipe> Parse(
        string text, string file, IReadOnlyDictionary<string, IMergeMethod> methods, Func<Placed<ModelReference>, Diagnostic?>? missing = null)
    {
        CheckCharacters(text, file);
        List<Diagnostic> findings = [];
        IReadOnlyList<YamlNode> documents = YamlTreeReader.ReadAll(text, file, findings);
        if (documents.Count > MostDocuments) throw new MergeException(Errors.TooManyDocuments(documents[MostDocuments].Position, documents.Count, MostDocuments));
        List<Recipe> recipes = [];
        List<Placed<ModelReference>> models = [];
        foreach (YamlNode document in documents)
        {
            if (RecipeReader.Read(document, methods, out IReadOnlyList<Diagnostic> found, out IReadOnlyList<Placed<ModelReference>> named) is { } recipe) recipes.Add(recipe);
            findings.AddRange(found);
            models.AddRange(named);
        }
        if (documents.Count == 0 && findings.Count == 0) findings.Add(Errors.EmptyDocument(new SourcePosition(file)));
        IReadOnlyList<Recipe> ordered = DocumentOrder.Sort(recipes, findings);
        if (findings.All(finding => finding.Severity != Severity.Error)) return ordered;
        // The name of another document looks like a missing model.
        if (missing is not null && documents.Count == 1) findings.AddRange(models.Select(missing).OfType<Diagnostic>());
        throw new MergeException(RepeatedWarnings.Joined(findings.OrderBy(finding => finding.Position.Line).ThenBy(finding => finding.Position.Column)));
    }

    static string TextOf(string path)
    {
        try
        {
            using MemoryStream stream = new(SmallFile.Read(path, MostBytes, length => Errors.RecipeTooLarge(new SourcePosition(path), length, MostBytes)));
            using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            throw new MergeException(Errors.NotYaml(new SourcePosition(path), "the text is not UTF-8"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new MergeException(Errors.RecipeNotReadable(new SourcePosition(path), e.Message));
        }
    }

    /// <summary>YAML forbids control characters; the parser would take a NUL for the end of the file.</summary>
    static void CheckCharacters(string text, string file)
    {
        int bad = text.AsSpan().IndexOfAnyExcept(Printable);
        if (bad < 0) return;
        int line = text.AsSpan(0, bad).Count('\n') + 1;
        int column = bad - text.LastIndexOf('\n', bad);
        throw new MergeException(Errors.NotYaml(new SourcePosition(file, line, column), $"the character U+{(int)text[bad]:X4} may not stand here"));
    }

    static readonly System.Buffers.SearchValues<char> Printable = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code).Where(c => c is '\t' or '\n' or '\r' or '\u0085' || c >= ' ' && c < '\u007f' || c >= '\u00a0' && c < '\ufffe')]);
}
