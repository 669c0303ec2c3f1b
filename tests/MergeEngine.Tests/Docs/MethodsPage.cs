using System.Globalization;
using MergeEngine.Methods;

namespace MergeEngine.Tests.Docs;

/// <summary>docs/methods.md is the table of what the methods declare.</summary>
public class MethodsPage
{
    static readonly string[] Header = ["`merge_method`", "Name", "Base", "Models", "Parameters", "Source"];

    [Fact]
    public void IsCurrent() => GeneratedPage.IsCurrent("methods.md", Text());

    static string Text() =>
        $"""
        # Merge methods

        Parameters show their default, or *required*; those of a model stand under the model in a recipe, the others at the top.
        *Models* counts those besides a required base. Methods marked † draw random numbers, from the seed, the tensor's name and the position only.

        {GeneratedPage.Table(Header, MethodRegistry.All.Values.Select(method => Row(method.Spec)))}

        ## Adapters

        The output is an adapter to the base instead of a model: [extract-lora.md](extract-lora.md) has the whole form of the recipe.

        {GeneratedPage.Table(Header, [Row(new ExtractLora().Spec)])}
        """;

    static string[] Row(MethodSpec spec) =>
    [
        $"`{spec.Id}`{(spec.IsRandom ? " †" : "")}",
        spec.Title,
        spec.NeedsBase ? "required" : spec.BaseIsInput ? "an input like the others" : "-",
        Models(spec),
        Parameters(spec),
        spec.Source,
    ];

    static string Models(MethodSpec spec) =>
        spec.MaxModels == spec.MinModels ? $"{spec.MinModels}"
        : spec.MaxModels == int.MaxValue ? $"{spec.MinModels} or more"
        : $"{spec.MinModels} to {spec.MaxModels}";

    static string Parameters(MethodSpec spec) =>
        string.Join("; ", spec.Parameters.GroupBy(parameter => parameter.PerModel).OrderByDescending(group => group.Key)
            .Select(group => (group.Key ? "per model: " : "") + string.Join(", ", group.Select(Parameter))));

    static string Parameter(Parameter parameter) => $"`{parameter.Name}` {Default(parameter)}{Range(parameter)}";

    static string Default(Parameter parameter) =>
        parameter.Required ? "*required*"
        : parameter.Optional ? "*optional*"
        : parameter.Kind == ParameterKind.Word ? $"`{parameter.Words[(int)parameter.Default]}` (of {string.Join(", ", parameter.Words)})"
        : parameter.Kind == ParameterKind.Boolean ? (parameter.Default == 0 ? "false" : "true")
        : parameter.Default.ToString(CultureInfo.InvariantCulture);

    static string Range(Parameter parameter) =>
        (double.IsFinite(parameter.Min), double.IsFinite(parameter.Max)) switch
        {
            _ when parameter.Kind is ParameterKind.Boolean or ParameterKind.Word => "",
            (true, true) => string.Create(CultureInfo.InvariantCulture, $" ({parameter.Min} to {parameter.Max})"),
            (true, false) => string.Create(CultureInfo.InvariantCulture, $" (at least {parameter.Min})"),
            (false, true) => string.Create(CultureInfo.InvariantCulture, $" (at most {parameter.Max})"),
            _ => "",
        };
}
