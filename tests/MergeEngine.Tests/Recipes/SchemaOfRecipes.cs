using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;
using MergeEngine.Methods;
using MergeEngine.Recipes;
using MergeEngine.Recipes.Schema;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Tests.Recipes;

/// <summary>The schema that editors use says of a recipe what the build says, as far as one document shows it.</summary>
public partial class SchemaOfRecipes
{
    static readonly JsonNode Text = JsonNode.Parse(RecipeSchema.Text())!;

    static readonly Json.Schema.JsonSchema Schema = Json.Schema.JsonSchema.FromText(RecipeSchema.Text());

    static readonly Json.Schema.JsonSchema OfText = Json.Schema.JsonSchema.FromText(WithoutRulesOfPlans().ToJsonString());

    /// <summary>What no schema can see: a key that is lost, the order of numbers, other documents.</summary>
    static readonly string[] NotSeen = ["MRG0111", "MRG0126", "MRG0127", "MRG0135", "MRG0137"];

    /// <summary>What the plan finds, and the schema does, too: required parameters, numbers of models.</summary>
    static readonly string[] SeenEarly = ["bad-missing-t", "bad-missing-weight", "bad-passthrough-two"];

    /// <summary>What is not YAML is refused before a schema is asked.</summary>
    public static TheoryData<string> Golden => [.. RecipeText.GoldenRecipes.Keys.Where(name => !name.StartsWith("bad-yaml-", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Golden))]
    public void AgreesWithTheReader(string name)
    {
        string text = File.ReadAllText(RecipeText.GoldenRecipes[name]);
        bool expected = RecipeText.Findings(text).Select(finding => finding.Split('@')[0]).Except(NotSeen).Any() || SeenEarly.Contains(name);
        Assert.Equal(expected, Documents(text).Any(document => !Fits(YamlAsJson.Yaml11(document))));
    }

    [Theory, MemberData(nameof(Golden))]
    public void AgreesWhereEditorsReadYaml12(string name)
    {
        string text = File.ReadAllText(RecipeText.GoldenRecipes[name]);
        foreach (YamlNode document in Documents(text)) Assert.Equal(Fits(YamlAsJson.Yaml11(document)), Fits(YamlAsJson.Yaml12(document)));
    }

    [Theory]
    [InlineData("merge_method: ties\nbase_model: b\nmodels: [{model: a, parameters: {weight: 1, density: -0.1}}]")]
    [InlineData("merge_method: ties\nbase_model: b\nmodels: [{model: a, parameters: {weight: 1, lambda: 1}}]")]
    [InlineData("merge_method: ties\nmodels: [{model: a, parameters: {weight: 1}}]")]
    [InlineData("merge_method: dare_ties\nbase_model: b\nmodels: [{model: a}]\nparameters: {weight: 1, rescale: sometimes}")]
    [InlineData("merge_method: linear\nmodels: [{model: a, parameters: {weight: [{value: 1, filtre: mlp}]}}]")]
    [InlineData("merge_method: linear\nmodels: [{model: a@b@c, parameters: {weight: 1}}]")]
    [InlineData("merge_method: linear\nmodels: [{model: a, weight: 1}]\nparameters: {weight: 1}")]
    [InlineData("merge_method: tie\nmodels: [{model: a}]")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nseed: -1")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nname: a/b")]
    [InlineData("merge_method: passthrough\nmodules: {default: {}}")]
    [InlineData("merge_method: slerp\nbase_model: a\nmodels: [{model: a}, {model: b}]")]
    [InlineData("merge_method: passthrough\nmodels: [{model: {model: {path: a}, lora: [{path: b, weight: heavy}]}}]")]
    [InlineData("base_model: a\ngate_mode: hid\nexperts: [{source_model: a}]")]
    [InlineData("base_model: a\ngate_mode: cheap_embed\nexperts: [{source_model: a, positive_prompts: [x]}, {source_model: b}]")]
    [InlineData("base_model: a\ngate_mode: random\nexperts: [{model: a}]")]
    public void Refuses(string text) => Assert.DoesNotContain(Documents(text), document => Fits(YamlAsJson.Yaml11(document)));

    [Theory]
    [InlineData("merge_method: ties\nmodels: []\nbase_model: b\nslices: [{sources: [{model: a, layer_range: [0, '2'], parameters: {weight: 1}}]}]")]
    [InlineData("merge_method: ties\nslices: [{sources: [{model: a, layer_range: [0, 2], parameters: {weight: 1}}], base_model: b}]")]
    [InlineData("merge_method: dare_ties\nbase_model: b\nmodels: [{model: a}]\nparameters: {weight: 1, rescale: inverse_density}")]
    [InlineData("merge_method: passthrough\nmodules: {encoder: null, decoder: {models: [{model: a}]}}")]
    [InlineData("merge_method: linear\nmodels: [{model: {model: {path: 'a+b', revision: null}, lora: null}, parameters: {weight: [{filter: null, value: [0, true]}]}}]\ndtype: torch.float16")]
    [InlineData("merge_method: passthrough\nmodels: [{model: {model: {path: a}, lora: [{path: b}, {path: c, revision: null, weight: -0.5, base_is_mutated: true}]}}]")]
    [InlineData("base_model: a\ngate_mode: cheap_embed\nexperts: [{source_model: a, positive_prompts: [x], noise_scale: 1e-3}, {source_model: b, positive_prompts: [y]}]\nexperts_per_token: 1")]
    [InlineData("merge_method: passthrough\nmodels: [{model: a}]\nseed: 7\nallow_nonfinite: true\nallow_dropped_tensors: true\nname: x\nparameters: null")]
    public void Takes(string text)
    {
        Assert.Empty(RecipeText.Findings(text));
        Assert.All(Documents(text), document => Assert.True(Fits(YamlAsJson.Yaml11(document))));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void TakesWhatTheReaderTakes(int seed)
    {
        var random = new Random(seed);
        foreach (string original in RecipeText.GoldenRecipes.Values.Select(File.ReadAllText))
        {
            string text = original;
            for (int round = 0; round < 12; round++)
            {
                text = MutatedRecipe.Mutate(round % 3 == 0 ? original : text, random);
                if (RecipeText.Findings(text).Count == 0) Assert.All(Documents(text), document => Assert.True(Fits(YamlAsJson.Yaml11(document), OfText), text));
            }
        }
    }

    [Fact]
    public void HasEveryKeyThatReadersAskFor() => Assert.Equal([], KeysOfReaders().Except(KeysOf(Text)).Order(StringComparer.Ordinal));

    [Fact]
    public void HelpsWithEveryMethod() => Assert.All(
        Text["properties"]!["merge_method"]!["oneOf"]!.AsArray(),
        method => Assert.InRange(method!["description"]!.GetValue<string>().Length, 20, 400));

    static bool Fits(JsonNode? document) => Fits(document, Schema);

    static bool Fits(JsonNode? document, Json.Schema.JsonSchema schema) => schema.Evaluate(JsonSerializer.SerializeToElement(document)).IsValid;

    /// <summary>Without the rules that need the plan: of each method the first rule stays, and models are not counted.</summary>
    static JsonNode WithoutRulesOfPlans()
    {
        JsonNode schema = Text.DeepClone();
        foreach (JsonArray rules in schema["definitions"]!["merge"]!["allOf"]!.AsArray().Select(rule => rule!["then"]?["allOf"]).OfType<JsonArray>())
            while (rules.Count > 1) rules.RemoveAt(1);
        foreach (var (name, definition) in schema["definitions"]!.AsObject())
        {
            if (name.EndsWith("-models", StringComparison.Ordinal)) definition!.AsObject().Remove("maxItems");
            if (name.EndsWith("-slices", StringComparison.Ordinal)) definition!["items"]!["properties"]!["sources"]!.AsObject().Remove("maxItems");
        }
        return schema;
    }

    /// <summary>To an editor a file without a document is one that holds nothing.</summary>
    static IEnumerable<YamlNode> Documents(string text) => YamlTreeReader.ReadAll(text, RecipeText.File, []).DefaultIfEmpty(new YamlScalar(new SourcePosition(RecipeText.File), ""));

    static IEnumerable<string> KeysOf(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(entry => KeysOf(entry.Value).Append(entry.Key)),
        JsonArray list => list.SelectMany(KeysOf),
        _ => [],
    };

    static IEnumerable<string> KeysOfReaders() => Directory.EnumerateFiles(Path.Combine(TestData.Repository, "src", "MergeEngine", "Recipes"), "*.cs")
        .SelectMany(file => Asked().Matches(File.ReadAllText(file)).Select(match => match.Groups["key"].Value)).Distinct();

    [GeneratedRegex("""(Find|Require|Text|Boolean|Reference|Number|Present|DtypeOf|Prompts)\((map, )?"(?<key>[a-z_]+)""")]
    private static partial Regex Asked();
}
