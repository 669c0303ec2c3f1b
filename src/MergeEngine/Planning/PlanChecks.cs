using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Asks the method's checks about every tensor; each finding is told once for a place of the recipe, with all tensors.</summary>
sealed class PlanChecks(MergeRecipe recipe, ParameterResolver parameters)
{
    readonly Dictionary<(PlanCheck Check, SourcePosition Position), (double Value, List<string> Tensors)> found = [];

    /// <param name="slice">Where parameters are looked up.</param>
    /// <param name="inputs">The slice's sources and their resolved parameters.</param>
    /// <param name="ofMethod">Resolved method-wide parameters.</param>
    /// <param name="output">Name and shape of the output tensor.</param>
    public void Add(
        PlanSlice slice,
        IEnumerable<(PlanSource Source, string Name, IReadOnlyDictionary<string, double> Parameters)> inputs,
        IReadOnlyDictionary<string, double> ofMethod,
        (string Name, TensorShape Shape) output)
    {
        foreach (PlanCheck check in recipe.Spec.Checks)
        {
            foreach (var (source, name, ofSource) in inputs.Where(input => recipe.Spec.BaseIsInput || !input.Source.IsBase))
            {
                double Value(Parameter parameter) => (parameter.PerModel ? ofSource : ofMethod)[parameter.Name];
                if (!check.Applies(output.Shape, Value)) continue;
                var key = (check, parameters.PositionOf(check.Parameter, slice, source, name, output.Name));
                if (!found.TryGetValue(key, out var entry)) found.Add(key, entry = (Value(check.Parameter), []));
                if (entry.Tensors.LastOrDefault() != output.Name) entry.Tensors.Add(output.Name);
            }
        }
    }

    public void Report(List<Diagnostic> findings) =>
        findings.AddRange(found.Select(entry => entry.Key.Check.Finding(entry.Key.Position, entry.Value.Value, entry.Value.Tensors)));
}
