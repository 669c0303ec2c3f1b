using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Planning;

/// <summary>Tokenizers that do not fit are refused before a weight is read, at the recipe's line.</summary>
public sealed class BadTokenizers : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("tokenizers-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("bad-tokenizer-source-outside", "MRG0195", 8)]
    [InlineData("bad-tokenizer-too-long", "MRG0197", 4)]
    public void OfAGoldenCaseAreRefused(string name, string code, int line)
    {
        Diagnostic error = Assert.Single(Plans.Errors(Plans.CaseRecipe(name)), finding => finding.Severity == Severity.Error);
        Assert.Equal((code, line), (error.Code, error.Position.Line));
    }

    [Theory]
    [InlineData("tokenizer: {tokens: {x: {source: {kind: model_token, model: models/tok-plus, token: nowhere}}}}", "MRG0198")]
    [InlineData("tokenizer: {tokens: {xyzzy: {source: models/tok-plus}}}", "MRG0198")]
    [InlineData("tokenizer: {tokens: {x: {source: {kind: model_token, model: models/tok-plus, token_id: 293}}}}", "MRG0198")]
    [InlineData("tokenizer: {tokens: {x: {source: models/tok-a}}}", "MRG0195")]
    [InlineData("tokenizer_source: models/none", "MRG0201")]
    [InlineData("tokenizer_source: models/llama-a", "MRG0196")]
    public void OfARecipeAreRefusedInItsLastLine(string line, string code)
    {
        Diagnostic[] errors = [.. Plans.Errors(Plans.Read($"{Plus}\n{line}")).Where(finding => finding.Severity == Severity.Error)];
        Assert.All(errors, error => Assert.Equal((code, 6), (error.Code, error.Position.Line)));
        Assert.NotEmpty(errors);
    }

    [Fact]
    public void ThatAreMissingFailWithMRG0196()
    {
        File.Delete(Path.Combine(Copy("tok-base"), "tokenizer.json"));
        Assert.Equal(("MRG0196", 2), Error("merge_method: linear\nbase_model: mine\nmodels: [{model: mine, parameters: {weight: 1}}]\ntokenizer_source: base"));
    }

    /// <summary>mergekit takes the base's whatever the sizes are.</summary>
    [Fact]
    public void ThatAreMissingInAModelOfOtherSizeFailWithMRG0196()
    {
        File.Delete(Path.Combine(Copy("tok-plus"), "tokenizer.json"));
        Assert.Equal(("MRG0196", 4), Error("merge_method: linear\nbase_model: models/tok-base\nmodels:\n- {model: mine, parameters: {weight: 1}}\nparameters: {weight: 1}\ntokenizer_source: base"));
    }

    [Fact]
    public void ThatAreMissingInAModelOfEqualSizeAreTakenForTheBasesWithAWarning()
    {
        File.Delete(Path.Combine(Copy("tok-a"), "tokenizer.json"));
        MergePlan plan = MergePlanner.Plan(Plans.Read("merge_method: linear\nbase_model: models/tok-base\nmodels:\n- {model: mine}\nparameters: {weight: 1}\ntokenizer_source: base"), Mine());
        Assert.Equal(4, Plans.Warning(plan, "MRG0353").Position.Line);
    }

    [Fact]
    public void OfSentencePieceAloneAreNotGuessed()
    {
        string model = Copy("tok-a");
        File.Move(Path.Combine(model, "tokenizer.json"), Path.Combine(model, "tokenizer.model"));
        Assert.Equal(("MRG0196", 4), Error("merge_method: linear\nbase_model: models/tok-base\nmodels:\n- {model: mine}\nparameters: {weight: 1}\ntokenizer_source: base"));
    }

    [Fact]
    public void WithoutTokenizerJsonCanBeMappedAndNotExtended()
    {
        string model = Copy("tok-base");
        string text = File.ReadAllText(Path.Combine(model, "tokenizer.json"));
        File.WriteAllText(Path.Combine(model, "vocab.json"), System.Text.Json.Nodes.JsonNode.Parse(text)!["model"]!["vocab"]!.ToJsonString());
        File.Delete(Path.Combine(model, "tokenizer.json"));
        const string Recipe = "merge_method: linear\nbase_model: mine\nmodels:\n- {model: models/tok-plus}\nparameters: {weight: 1}\ntokenizer_source: ";
        Assert.Equal(("MRG0243", 2), Error(Recipe + "union"));
        MergePlan plan = MergePlanner.Plan(Plans.Read(Recipe + "base"), Mine());
        Assert.Contains(plan.SideFiles, file => file.Name == "vocab.json");
    }

    [Fact]
    public void OfOtherWidthFailWithMRG0199()
    {
        Recipe recipe = Plans.Read("merge_method: linear\nbase_model: models/tok-base\nmodels: [{model: models/tok-narrow}]\nparameters: {weight: 1}\ntokenizer_source: base");
        Assert.Contains(Plans.Errors(recipe, Narrow()), finding => finding.Code == "MRG0199" && finding.Position.Line == 5);
    }

    const string Plus = "merge_method: linear\nbase_model: models/tok-base\nmodels:\n- {model: models/tok-plus}\nparameters: {weight: 1}";

    PlanningContext Mine() => new() { ProjectDirectory = TestData.Folder, Aliases = new Dictionary<string, string> { ["mine"] = Path.Combine(folder, "mine") } };

    /// <summary>tok-base whose tables have 16 columns instead of 32, and so 576 rows: the header says so.</summary>
    PlanningContext Narrow()
    {
        string model = Copy("tok-base"), weights = Path.Combine(model, "model.safetensors");
        byte[] bytes = File.ReadAllBytes(weights);
        int length = BitConverter.ToInt32(bytes);
        string header = System.Text.Encoding.UTF8.GetString(bytes, 8, length).Replace("[288,32]", "[576,16]");
        System.Text.Encoding.UTF8.GetBytes(header).CopyTo(bytes, 8);
        File.WriteAllBytes(weights, bytes);
        return new() { ProjectDirectory = TestData.Folder, Aliases = new Dictionary<string, string> { ["models/tok-narrow"] = model } };
    }

    (string, int) Error(string recipe)
    {
        Diagnostic error = Assert.Single(Plans.Errors(Plans.Read(recipe), Mine()), finding => finding.Severity == Severity.Error);
        return (error.Code, error.Position.Line);
    }

    string Copy(string model)
    {
        string target = Directory.CreateDirectory(Path.Combine(folder, "mine")).FullName;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.Folder, "models", model))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        return target;
    }

    /// <summary>A masked language model: the head's bias has a number for each token, too.</summary>
    [Fact]
    public void OfAnEncoderFitItsBiasesToo()
    {
        string other = Path.Combine(TestData.Folder, "models", "bert-mlm-pooler-a");
        foreach (string model in new[] { "one", "two" })
        {
            string target = Directory.CreateDirectory(Path.Combine(folder, model)).FullName;
            foreach (string file in Directory.EnumerateFiles(other)) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
            File.WriteAllLines(Path.Combine(target, "vocab.txt"), Enumerable.Range(0, 128).Select(id => $"t{(model == "one" ? id : 127 - id)}"));
        }
        MergePlan plan = MergePlanner.Plan(
            Plans.Read("merge_method: linear\nmodels: [{model: one}, {model: two}]\nparameters: {weight: 0.5}\nallow_dropped_tensors: true\ntokenizer_source: base"), new() { ProjectDirectory = folder });
        MergeStep[] fitted = [.. plan.Steps.Where(step => step.Sources.All(source => source.Tensor is GatheredRows))];
        Assert.Contains(fitted, step => step.Name == "bert.embeddings.word_embeddings.weight");
        MergeStep bias = Assert.Single(fitted, step => step.Shape.Rank == 1);
        Assert.Equal("cls.predictions.bias", bias.Name);
        Assert.Equal(new RowOrigin(1, 127), ((GatheredRows)bias.Sources[1].Tensor).Map.Rows[0]);
    }
}
