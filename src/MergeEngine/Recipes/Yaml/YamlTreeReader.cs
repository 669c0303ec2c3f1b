using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MergeEngine.Recipes.Yaml;

/// <summary>Makes node trees of YAML events, one per document; knows nothing of recipes.</summary>
/// <remarks>
/// A recipe comes from outside: nodes are counted with every alias written out, nesting is bounded, anchors of unfinished nodes do not exist.
/// So a tree has neither cycles nor more than <see cref="MostNodes"/> nodes however it is walked.
/// </remarks>
sealed class YamlTreeReader
{
    public const int MostNodes = 10_000;
    public const int DeepestNesting = 64;
    const string CoreTag = "tag:yaml.org,2002:";

    static readonly string[] CoreTypes = ["str", "int", "float", "bool", "null", "map", "seq"];

    readonly string file;
    readonly List<Diagnostic> findings;
    readonly Parser parser;
    readonly Dictionary<string, Anchored> anchors = new(StringComparer.Ordinal);
    int count;
    int depth;

    YamlTreeReader(string text, string file, List<Diagnostic> findings)
    {
        this.file = file;
        this.findings = findings;
        parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
    }

    /// <summary>Reads all documents; what is wrong with them is added to <paramref name="findings"/>, and reading ends where it has to.</summary>
    public static IReadOnlyList<YamlNode> ReadAll(string text, string file, List<Diagnostic> findings)
    {
        List<YamlNode> documents = [];
        try
        {
            var reader = new YamlTreeReader(text, file, findings);
            while (reader.NextDocument()) documents.Add(reader.Document());
        }
        catch (YamlException e)
        {
            findings.Add(Errors.NotYaml(PlaceOf(e, text, file), ReasonOf(e)));
        }
        catch (MergeException e)
        {
            findings.AddRange(e.Diagnostics);
        }
        return documents;
    }

    static string ReasonOf(YamlException e) => IsTab(e) ? "a tab indents this line; use spaces"
        : e.Start.Line > 0 && e.Start.Line < e.End.Line ? $"{e.Message.TrimEnd('.')}; it begins in line {e.Start.Line}"
        : e.Message;

    static bool IsTab(YamlException e) => e.Message.Contains("tab", StringComparison.Ordinal);

    /// <summary>For a tab in an indentation the parser gives the start of the map around it.</summary>
    static SourcePosition PlaceOf(YamlException e, string text, string file)
    {
        int line = Math.Max(1, (int)e.End.Line);
        if (!IsTab(e)) return new SourcePosition(file, line, Math.Max(1, (int)e.End.Column));
        string[] lines = text.Split('\n');
        int found = Array.FindIndex(lines, line - 1, candidate => IndentOf(candidate).Contains('\t'));
        return found < 0 ? new SourcePosition(file, line) : new SourcePosition(file, found + 1, IndentOf(lines[found]).IndexOf('\t') + 1);
    }

    static ReadOnlySpan<char> IndentOf(string line) => line.AsSpan(0, line.Length - line.AsSpan().TrimStart().Length);

    bool NextDocument()
    {
        while (MoveNext())
        {
            if (parser.Current is DocumentStart) return true;
        }
        return false;
    }

    YamlNode Document()
    {
        anchors.Clear();
        Next();
        return Node();
    }

    void Next()
    {
        if (!MoveNext()) throw Unexpected("the text ends too early");
    }

    /// <summary>Some broken texts end in an exception of the parser's inside instead of its own kind.</summary>
    bool MoveNext()
    {
        try
        {
            return parser.MoveNext();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or FormatException or OverflowException)
        {
            throw Unexpected("the parser cannot go on after this place");
        }
    }

    MergeException Unexpected(string reason) =>
        new(Errors.NotYaml(parser.Current is { } last ? new SourcePosition(file, (int)last.End.Line, (int)last.End.Column) : new SourcePosition(file), reason));

    /// <summary>Reads the node that starts at the current event and leaves its last event current.</summary>
    YamlNode Node()
    {
        ParsingEvent first = parser.Current!;
        int countBefore = count;
        Count(1, first);
        if (first is AnchorAlias alias) return Resolve(alias);
        YamlNode node = first switch
        {
            Scalar scalar => ScalarOf(scalar),
            SequenceStart => Nested(List),
            MappingStart => Nested(Map),
            _ => throw Unexpected("a value is missing"),
        };
        if (first is not NodeEvent { Anchor.IsEmpty: false } anchored) return node;
        anchors[anchored.Anchor.Value] = new Anchored(node, count - countBefore);
        return node;
    }

    void Count(int nodes, ParsingEvent at)
    {
        count += nodes;
        if (count > MostNodes) throw new MergeException(Errors.TooManyNodes(At(at), MostNodes));
    }

    YamlNode Resolve(AnchorAlias alias)
    {
        if (!anchors.TryGetValue(alias.Value.Value, out Anchored? target))
            throw new MergeException(Errors.UnknownAnchor(At(alias), alias.Value.Value, anchors.Keys));
        Count(target.NodeCount, alias);
        return target.Node;
    }

    YamlScalar ScalarOf(Scalar scalar)
    {
        CheckTag(scalar);
        bool isText = scalar.Style != ScalarStyle.Plain && scalar.Tag.IsEmpty;
        bool taggedText = !scalar.Tag.IsEmpty && scalar.Tag.Value is CoreTag + "str" or "!";
        return new YamlScalar(At(scalar), scalar.Value, isPlain: !isText && !taggedText);
    }

    void CheckTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty || node.Tag.Value == "!" || CoreTypes.Any(type => node.Tag.Value == CoreTag + type)) return;
        findings.Add(Errors.UnsupportedTag(At(node), node.Tag.Value));
    }

    YamlNode Nested(Func<NodeEvent, YamlNode> read)
    {
        var start = (NodeEvent)parser.Current!;
        CheckTag(start);
        if (++depth > DeepestNesting) throw new MergeException(Errors.NestedTooDeeply(At(start), DeepestNesting));
        YamlNode node = read(start);
        depth--;
        return node;
    }

    YamlList List(NodeEvent start)
    {
        List<YamlNode> items = [];
        for (Next(); parser.Current is not SequenceEnd; Next()) items.Add(Node());
        return new YamlList(At(start), items);
    }

    YamlMap Map(NodeEvent start)
    {
        var entries = new MapBuilder(findings);
        for (Next(); parser.Current is not MappingEnd; Next())
        {
            YamlNode key = Node();
            Next();
            entries.Add(key, Node());
        }
        return entries.Build(At(start));
    }

    SourcePosition At(ParsingEvent node) => new(file, (int)node.Start.Line, (int)node.Start.Column);

    sealed record Anchored(YamlNode Node, int NodeCount);
}
