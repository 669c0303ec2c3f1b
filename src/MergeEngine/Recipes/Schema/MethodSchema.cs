using System.Text.Json.Nodes;
using MergeEngine.Methods;
using static MergeEngine.Recipes.Schema.JsonSchema;

namespace MergeEngine.Recipes.Schema;

/// <summary>What a merge recipe of one method may hold besides what all have: its parameters at every level, its base, how many models.</summary>
sealed class MethodSchema(IMergeMethod method)
{
    public string Id => Spec.Id;

    /// <summary>Definition of the parameters where all of them may stand.</summary>
    public string AllParameters => $"{Spec.Id}-parameters";

    string ModelParameters => $"{Spec.Id}-model-parameters";

    string Models => $"{Spec.Id}-models";

    string Slices => $"{Spec.Id}-slices";

    MethodSpec Spec => method.Spec;

    /// <summary>The method's name, with help.</summary>
    public JsonObject Name => Described(new JsonObject { ["const"] = Spec.Id }, Summaries.Of(method) ?? Spec.Title);

    public JsonObject Rule => When(Requiring(Holding(("merge_method", new JsonObject { ["const"] = Spec.Id })), "merge_method"), AllOf(Rules()));

    public IEnumerable<(string Key, JsonObject Schema)> Definitions() =>
    [
        (AllParameters, Parameters(Spec.Parameters)),
        (ModelParameters, Parameters(Spec.Parameters.Where(parameter => parameter.PerModel))),
        (Models, List(Holding(("parameters", OrNull(Ref(ModelParameters)))), most: MostListed)),
        (Slices, new JsonObject { ["items"] = Holding(("parameters", OrNull(Ref(AllParameters))), ("sources", Sources())) }),
    ];

    /// <summary>The base may be among the models, and counts only where it is an input.</summary>
    int MostListed => Spec.MaxModels == int.MaxValue || Spec.BaseIsInput ? Spec.MaxModels : Spec.MaxModels + 1;

    JsonObject Sources() => new() { ["items"] = Holding(("parameters", OrNull(Ref(ModelParameters)))), ["maxItems"] = MostListed };

    static JsonObject Parameters(IEnumerable<Parameter> parameters) => Map(parameters.Select(parameter => (parameter.Name, SettingSchema.Of(parameter))));

    IEnumerable<JsonObject> Rules()
    {
        yield return Holding(
            ("parameters", OrNull(Ref(AllParameters))),
            ("models", OrNull(Ref(Models))),
            ("slices", Ref(Slices)),
            ("modules", new JsonObject { ["additionalProperties"] = Holding(("parameters", OrNull(Ref(AllParameters))), ("models", OrNull(Ref(Models))), ("slices", Ref(Slices))) }));
        if (Spec.NeedsBase) yield return When(Not(AnyOf(EachOf("slices", Given("base_model")), Given("modules"))), Given("base_model"));
        foreach (Parameter parameter in Spec.Parameters.Where(parameter => parameter.Required && (!parameter.PerModel || Spec.BaseIsInput))) yield return Required(parameter);
    }

    /// <summary>A required parameter that not every slice, or every model, has for itself stands at the recipe. Models that are the base of task vectors
    /// need none, which a schema cannot see: there it asks for nothing.</summary>
    JsonObject Required(Parameter parameter)
    {
        JsonObject Has() => Requiring(Holding(("parameters", Requiring(new JsonObject { ["type"] = "object" }, parameter.Name))), "parameters");
        return When(Not(AnyOf(parameter.PerModel ? EachOf("models", Has()) : EachOf("slices", Has()), Given(parameter.PerModel ? "slices" : "modules"), Given("modules"))), Has());
    }

    static JsonObject Given(string key) => Requiring(Holding((key, Not(Null()))), key);

    static JsonObject EachOf(string key, JsonObject item) => Requiring(Holding((key, List(item, least: 1))), key);
}
