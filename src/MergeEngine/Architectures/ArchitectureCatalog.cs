using System.Reflection;

namespace MergeEngine.Architectures;

/// <summary>The definitions that come with this assembly.</summary>
static class ArchitectureCatalog
{
    static readonly Lazy<IReadOnlyList<ArchitectureDefinition>> Definitions = new(() => DefinitionReader.Read(Files()));

    public static IReadOnlyList<ArchitectureDefinition> All => Definitions.Value;

    /// <summary>The definition for a class, a model type and the names of a checkpoint's tensors; null if there is none.</summary>
    /// <remarks>
    /// The type decides only where definitions of different types claim the class. Definitions of one class and type differ in the
    /// layout of the file: the one whose mark the checkpoint has wins over the one without a mark.
    /// </remarks>
    public static ArchitectureDefinition? Find(string className, string? modelType, IEnumerable<string> tensorNames)
    {
        List<ArchitectureDefinition> claims = [.. All.Where(definition => definition.Classes.Contains(className))];
        if (claims.Select(definition => definition.ModelType).Distinct().Count() > 1)
            claims.RemoveAll(definition => definition.ModelType != modelType);
        return claims.FirstOrDefault(definition => definition.Has is { } mark && tensorNames.Any(name => NamePattern.Fits(mark, name)))
            ?? claims.FirstOrDefault(definition => definition.Has is null);
    }

    static IEnumerable<(string Name, string Text)> Files()
    {
        Assembly assembly = typeof(ArchitectureCatalog).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".arch", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name, reader.ReadToEnd());
        }
    }
}
