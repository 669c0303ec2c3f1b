using System.Text.RegularExpressions;

namespace MergeEngine.Recipes;

/// <summary>Which modules of a model take part, and which of them are stored whole.</summary>
/// <param name="Include">Patterns of which a module's name must hold one; empty: every module takes part.</param>
/// <param name="Exclude">Patterns of which it may hold none.</param>
/// <param name="Saved">Names, whole or their last parts, of modules that are stored whole.</param>
public sealed record ModuleChoice(IReadOnlyList<Placed<Regex>> Include, IReadOnlyList<Placed<Regex>> Exclude, IReadOnlyList<Placed<string>> Saved)
{
    public bool Has(string module) =>
        (Include.Count == 0 || Include.Any(pattern => pattern.Value.IsMatch(module))) && !Exclude.Any(pattern => pattern.Value.IsMatch(module));

    public bool IsSaved(string module) => Saved.Any(name => module == name.Value || module.EndsWith("." + name.Value, StringComparison.Ordinal));
}
