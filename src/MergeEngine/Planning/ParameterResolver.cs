using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Looks up the parameters of the method for one tensor: source, slice, module, recipe, then the method's default.</summary>
sealed class ParameterResolver(MergeRecipe recipe, List<Diagnostic> findings)
{
    readonly Dictionary<(string Parameter, SourcePosition Position), MissingParameter> missing = [];

    readonly HashSet<SourcePosition> notAccepted = [];

    /// <summary>Method-wide parameters; filters see the name of the output tensor.</summary>
    public IReadOnlyDictionary<string, double> OfMethod(PlanSlice slice, string outputName, double t) =>
        Resolve(perModel: false, slice.Levels, outputName, t, parameter => Missing(recipe.Method.Position, parameter, slice.Levels, null, outputName));

    /// <summary>Per-model parameters; filters see the template's name of that model's tensor. Of the base of task vectors nothing is asked.</summary>
    public IReadOnlyDictionary<string, double> OfSource(PlanSlice slice, PlanSource source, string inputName, double t)
    {
        if (source.IsBase && !recipe.Spec.BaseIsInput) return recipe.Spec.Parameters.Where(parameter => parameter.PerModel).ToDictionary(parameter => parameter.Name, _ => double.NaN);
        IReadOnlyList<IReadOnlyDictionary<string, Setting>> levels = [source.Parameters, .. slice.Levels];
        return Resolve(perModel: true, levels, inputName, t, parameter => Missing(source.Model.Position, parameter, levels, source.Name, inputName));
    }

    /// <returns>Where the recipe gives the value; the model, or the method, where it is the default.</returns>
    public SourcePosition PositionOf(Parameter parameter, PlanSlice slice, PlanSource source, string inputName, string outputName) => parameter.PerModel
        ? Find(parameter, [source.Parameters, .. slice.Levels], inputName)?.Position ?? source.Model.Position
        : Find(parameter, slice.Levels, outputName)?.Position ?? recipe.Method.Position;

    /// <summary>One finding for each missing parameter, however many tensors lack it.</summary>
    public void Report() => findings.AddRange(missing.Select(entry => Errors.ParameterMissing(entry.Key.Position, entry.Key.Parameter, recipe.Spec.Id, entry.Value.Model, entry.Value.Filtered, entry.Value.Tensors)));

    Dictionary<string, double> Resolve(
        bool perModel, IReadOnlyList<IReadOnlyDictionary<string, Setting>> levels, string tensorName, double t, Action<Parameter> onMissing)
    {
        var values = new Dictionary<string, double>();
        foreach (Parameter parameter in recipe.Spec.Parameters.Where(parameter => parameter.PerModel == perModel))
        {
            double? value = Value(parameter, levels, tensorName, t);
            if (value is null && parameter.Required) onMissing(parameter);
            values[parameter.Name] = value ?? parameter.Default;
        }
        return values;
    }

    double? Value(Parameter parameter, IReadOnlyList<IReadOnlyDictionary<string, Setting>> levels, string tensorName, double t)
    {
        SettingCase? found = Find(parameter, levels, tensorName);
        if (found?.At(t) is not { } value) return null;
        // Between the accepted ends of a gradient there may be values that are not, such as half of a switch.
        if (!parameter.Accepts(value) && notAccepted.Add(found.Position)) findings.Add(Errors.ValueNotAccepted(found.Position, parameter, value));
        return value;
    }

    static SettingCase? Find(Parameter parameter, IReadOnlyList<IReadOnlyDictionary<string, Setting>> levels, string tensorName) =>
        levels.Select(level => level.GetValueOrDefault(parameter.Name)?.CaseFor(tensorName)).FirstOrDefault(item => item is not null);

    void Missing(SourcePosition position, Parameter parameter, IReadOnlyList<IReadOnlyDictionary<string, Setting>> levels, string? model, string tensor)
    {
        var key = (parameter.Name, position);
        if (!missing.TryGetValue(key, out MissingParameter? known)) missing[key] = known = new MissingParameter(model, levels.Any(level => level.ContainsKey(parameter.Name)), []);
        known.Tensors.Add(tensor);
    }

    /// <param name="Model">Null: the parameter is the method's.</param>
    /// <param name="Filtered">It is given, but no condition holds for these tensors.</param>
    sealed record MissingParameter(string? Model, bool Filtered, List<string> Tensors);
}
