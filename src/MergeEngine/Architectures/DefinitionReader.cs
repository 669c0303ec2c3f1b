using System.Collections.Immutable;
using MergeEngine.Checkpoints;

namespace MergeEngine.Architectures;

/// <summary>Reads definition files; FORMAT.md describes them. A mistake in one is a defect of this assembly, so it throws <see cref="FormatException"/>.</summary>
sealed class DefinitionReader
{
    readonly Dictionary<string, ArchitectureDefinition> _definitions = new(StringComparer.Ordinal);
    readonly List<string> _ignoredEverywhere = [];
    ArchitectureDefinition? _current;
    string _module = "default";
    string _section = "";
    string _prefix = "";

    /// <summary>Reads all files; a parent stands in the same file, before its children.</summary>
    /// <returns>The definitions by name, in the order of the files.</returns>
    public static IReadOnlyList<ArchitectureDefinition> Read(IEnumerable<(string Name, string Text)> files)
    {
        var reader = new DefinitionReader();
        foreach ((string name, string text) in files) reader.ReadFile(name, text);
        return [.. reader._definitions.Values.Select(definition =>
            definition with { Ignored = [.. definition.Ignored, .. reader._ignoredEverywhere] })];
    }

    void ReadFile(string file, string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] words = lines[i].Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            try
            {
                if (words.Length > 0) ReadLine(words[0], words[1..]);
            }
            catch (Exception error) when (error is FormatException or ArgumentException or IndexOutOfRangeException or KeyNotFoundException)
            {
                throw new FormatException($"{file}({i + 1},1): {error.Message}", error);
            }
        }
        Finish();
        _current = null;
    }

    void ReadLine(string word, string[] rest)
    {
        switch (word)
        {
            case "architecture":
                Finish();
                Start(rest);
                break;
            case "ignore" when _current is null:
                _ignoredEverywhere.AddRange(NamePattern.Choices(rest[0]));
                break;
            case "module":
                _module = rest[0];
                break;
            case "layers":
                SetModule(Module() with { LayerKeys = Keys(rest), FixedLayers = Keys(rest).IsEmpty ? int.Parse(rest[0]) : 0 });
                break;
            case "pre" or "layer" or "post":
                (_section, _prefix) = (word, rest is [string prefix] ? prefix : "");
                break;
            case "-":
                SetSection(Section().RemoveAll(template => NamePattern.Choices(_prefix + rest[0]).Contains(template.Name)));
                break;
            default:
                if (!SetField(word, rest)) AddTensors(word, rest);
                break;
        }
    }

    bool SetField(string word, string[] rest)
    {
        ArchitectureDefinition definition = Current;
        ArchitectureDefinition? changed = word switch
        {
            "classes" => definition with { Classes = [.. rest] },
            "type" => definition with { ModelType = rest[0] },
            "has" => definition with { Has = rest[0] },
            "vocab" => definition with { VocabSizeKeys = Keys(rest) },
            "side" => definition with { SideFiles = [.. rest] },
            "alias" when rest is [string from, "=", string to] => definition with { Aliases = definition.Aliases.Add((from, to)) },
            "ignore" => definition with { Ignored = definition.Ignored.AddRange(NamePattern.Choices(rest[0])) },
            _ => null,
        };
        _current = changed ?? definition;
        return changed is not null;
    }

    void AddTensors(string pattern, string[] flags)
    {
        foreach (string name in NamePattern.Choices(_prefix + pattern))
        {
            TensorTemplate template = flags.Aggregate(new TensorTemplate(name), WithFlag);
            int place = Section().ToList().FindIndex(other => other.Name == name);
            SetSection(place < 0 ? Section().Add(template) : Section().SetItem(place, template));
        }
    }

    static TensorTemplate WithFlag(TensorTemplate template, string flag) => flag.Split('=') switch
    {
        ["embedding"] => template with { IsEmbedding = true },
        ["optional"] => template with { Optional = true },
        ["tied", string name] => template with { TiedNames = template.TiedNames.Add(name) },
        ["dtype", string dtype] => template with { ForcedDtype = Enum.Parse<Dtype>(dtype) },
        _ => throw new FormatException($"'{flag}' is no flag"),
    };

    void Start(string[] words)
    {
        _current = words switch
        {
            [string name] => new ArchitectureDefinition(name),
            [string name, "extends", string parent] => _definitions[parent] with { Name = name, Has = null },
            _ => throw new FormatException("expected: architecture NAME [extends PARENT]"),
        };
        (_module, _section, _prefix) = ("default", "", "");
    }

    void Finish()
    {
        if (_current is not null) _definitions.Add(_current.Name, _current);
    }

    ArchitectureDefinition Current => _current ?? throw new FormatException("an architecture must be started first");

    ArchitectureModule Module() => Current.Modules.FirstOrDefault(module => module.Name == _module) ?? new ArchitectureModule(_module, [], 0);

    void SetModule(ArchitectureModule module)
    {
        int place = Current.Modules.ToList().FindIndex(other => other.Name == module.Name);
        _current = Current with { Modules = place < 0 ? Current.Modules.Add(module) : Current.Modules.SetItem(place, module) };
    }

    ImmutableArray<TensorTemplate> Section() => _section switch
    {
        "pre" => Module().Pre,
        "layer" => Module().Layer,
        "post" => Module().Post,
        _ => throw new FormatException("a tensor must stand below pre, layer or post"),
    };

    void SetSection(ImmutableArray<TensorTemplate> templates) => SetModule(_section switch
    {
        "pre" => Module() with { Pre = templates },
        "layer" => Module() with { Layer = templates },
        _ => Module() with { Post = templates },
    });

    /// <summary>Keys between bars; none if the word is a number.</summary>
    static ImmutableArray<string> Keys(string[] words) =>
        words is [string word] && int.TryParse(word, out _) ? [] : [.. words.Where(word => word != "|")];
}
