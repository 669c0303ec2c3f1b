using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MergeEngine.Methods;

namespace MergeEngine.Recipes.Schema;

/// <summary>Summaries of methods and parameters: those of their declarations, from the file that the compiler writes beside the assembly.</summary>
static partial class Summaries
{
    static readonly Lazy<IReadOnlyDictionary<string, string>> Texts = new(Read);

    static readonly Lazy<(FieldInfo Field, object? Value)[]> Declarations = new(() =>
        [.. typeof(Parameter).Assembly.GetTypes().Where(type => type.Namespace == typeof(Parameter).Namespace && !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Parameter)).Select(field => (field, field.GetValue(null)))]);

    /// <returns>Null where the file is missing or the method has no summary.</returns>
    public static string? Of(IMergeMethod method) => Texts.Value.GetValueOrDefault($"T:{method.GetType().FullName}");

    /// <returns>That of the field that declares it, else of another parameter of that name; null where the file is missing, or no such field has a summary.</returns>
    public static string? Of(Parameter parameter) => Declarations.Value
        .OrderByDescending(declaration => ReferenceEquals(declaration.Value, parameter))
        .Where(declaration => declaration.Value is Parameter declared && declared.Name == parameter.Name)
        .Select(declaration => Texts.Value.GetValueOrDefault($"F:{declaration.Field.DeclaringType!.FullName}.{declaration.Field.Name}"))
        .FirstOrDefault(text => text is not null);

    static IReadOnlyDictionary<string, string> Read()
    {
        string file = Path.ChangeExtension(typeof(Summaries).Assembly.Location, ".xml");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants("member").Where(member => member.Element("summary") is not null)
                .ToDictionary(member => member.Attribute("name")!.Value, member => Text(member.Element("summary")!))
            : new Dictionary<string, string>();
    }

    static string Text(XElement summary) => Space().Replace(string.Concat(summary.DescendantNodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see => Name(see),
        _ => "",
    })), " ").Trim();

    static string Name(XElement see) => see.Attribute("cref")?.Value is { } cref ? cref[(cref.LastIndexOf('.') + 1)..] : "";

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
