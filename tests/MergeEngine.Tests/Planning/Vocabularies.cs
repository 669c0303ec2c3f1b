using MergeEngine.Methods;

namespace MergeEngine.Tests.Planning;

/// <summary>Embeddings of 128 and of 120 rows: which methods crop them, and to what.</summary>
public class Vocabularies
{
    const string Large = "models/llama-base", Small = "models/llama-b-vocab120";

    static readonly string[] ToTheSmallest = ["linear", "slerp", "nuslerp", "model_stock", "arcee_fusion"];

    static readonly string[] ToTheBase = ["task_arithmetic", "ties", "dare_linear", "dare_ties", "breadcrumbs", "breadcrumbs_ties", "della", "della_linear"];

    public static TheoryData<string> Ids => [.. MethodRegistry.All.Keys.Except(["passthrough"])];

    [Theory]
    [MemberData(nameof(Ids))]
    public void OfALargerModelAreCropped(string id) => Check(id, baseModel: Small, model: Large, isCropped: ToTheSmallest.Contains(id) || ToTheBase.Contains(id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void OfALargerBaseAreCropped(string id) => Check(id, baseModel: Large, model: Small, isCropped: ToTheSmallest.Contains(id));

    static void Check(string id, string baseModel, string model, bool isCropped)
    {
        string recipe = Recipe(MethodRegistry.All[id].Spec, baseModel, model);
        if (isCropped)
        {
            var plan = Plans.Of(recipe);
            Assert.Equal(120, plan.Step("model.embed_tokens.weight").Shape[0]);
            Assert.Contains("the first 120 rows", Plans.Warning(plan, "MRG0166").Text, StringComparison.Ordinal);
        }
        else
        {
            Assert.All(Plans.Errors(Plans.Read(recipe)).Where(finding => finding.Severity == Severity.Error), error => Assert.Equal("MRG0202", error.Code));
        }
    }

    static string Recipe(MethodSpec spec, string baseModel, string model)
    {
        string parameters = string.Join(", ", spec.Parameters.Where(parameter => parameter.Name is "weight" or "t").Select(parameter => $"{parameter.Name}: 0.5"));
        string[] models = spec.NeedsBase ? [model, "models/llama-a"] : [baseModel, model];
        string listed = string.Join(", ", models.Take(spec.MaxModels).Select(path => $"{{model: {path}}}"));
        return $"merge_method: {spec.Id}\n{(spec.NeedsBase ? $"base_model: {baseModel}\n" : "")}parameters: {{{parameters}}}\nmodels: [{listed}]\n";
    }
}
