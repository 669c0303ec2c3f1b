using System.Text.Json.Nodes;
using MergeEngine.Planning;
using MergeEngine.Tests.Golden;
using MergeEngine.Tests.Planning;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Output;

/// <summary>Files of the output where a tokenizer is built, or gets another template.</summary>
public sealed class TokenizerOutput : IDisposable
{
    static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly string folder = Directory.CreateTempSubdirectory("tokenizer-output-").FullName;

    public TokenizerOutput()
    {
        foreach (string model in new[] { "tok-base", "tok-plus" })
        {
            string target = Directory.CreateDirectory(Path.Combine(folder, model)).FullName;
            foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.Folder, "models", model))) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void KeepsOtherSideFilesAndDropsOldVocabularies()
    {
        Add("tok-base", "generation_config.json", "{}");
        Add("tok-base", "tokenizer.model", "x");
        Add("tok-base", "special_tokens_map.json", "{}");
        Add("tok-base", "LICENSE", "x");
        MergePlan plan = Plan("tokenizer_source: union");
        Assert.Equal(["LICENSE", "generation_config.json", "special_tokens_map.json", "tokenizer_config.json"], plan.SideFiles.Select(file => file.Name));
        Assert.Equal(["config.json", "tokenizer.json", "tokenizer-merge.json"], plan.Texts.Select(text => text.Name));
    }

    /// <summary>Nothing changes: the files are the donor's, tokenizer.model too.</summary>
    [Fact]
    public void CopiesAVocabularyThatStaysAsItIs()
    {
        Add("tok-base", "tokenizer.model", "x");
        MergePlan plan = Plan("tokenizer_source: base");
        Assert.Equal(["tokenizer.json", "tokenizer.model", "tokenizer_config.json"], plan.SideFiles.Select(file => file.Name));
    }

    [Fact]
    public void TakesTheSettingsOfTheModelWhoseVocabularyItHas()
    {
        Add("tok-base", "tokenizer.model", "x");
        Add("tok-base", "LICENSE", "x");
        MergePlan plan = Plan("tokenizer_source: tok-plus");
        Assert.Equal(["tok-base/LICENSE", "tok-plus/chat_template.jinja", "tok-plus/tokenizer.json", "tok-plus/tokenizer_config.json"], plan.SideFiles.Select(file => Path.GetRelativePath(folder, file.Path)));
    }

    [Fact]
    public void ListsAddedTokensWhereTheConfigurationDoes()
    {
        Add("tok-base", "tokenizer_config.json", """{"added_tokens_decoder": {"0": {"content": "<unk>", "special": true}}, "model_max_length": 1000000000000000019884624838656}""");
        JsonNode config = JsonNode.Parse(Text(Plan("tokenizer_source: union"), "tokenizer_config.json"))!;
        Assert.Equal(["0", "1", "2", "3", "288", "289", "290", "291", "292"], config["added_tokens_decoder"]!.AsObject().Select(token => token.Key));
        Assert.Equal("""{"content":"<|im_start|>","lstrip":false,"normalized":false,"rstrip":false,"single_word":false,"special":true}""", config["added_tokens_decoder"]!["289"]!.ToJsonString(Readable));
        Assert.Equal("1000000000000000019884624838656", config["model_max_length"]!.ToJsonString());
    }

    [Fact]
    public void PutsATemplateIntoTheConfigurationWhereTheDonorHasItThere()
    {
        Add("tok-base", "tokenizer_config.json", """{"chat_template": "old {{ x }} template text", "eos_token": "</s>"}""");
        MergePlan plan = Plan("chat_template: chatml");
        Assert.Equal(["config.json", "tokenizer_config.json"], plan.Texts.Select(text => text.Name));
        Assert.Equal("{\n  \"chat_template\": " + JsonValue.Create(ChatTemplates.Find("chatml")!)!.ToJsonString(Readable)
            + ",\n  \"eos_token\": \"</s>\"\n}\n", Text(plan, "tokenizer_config.json"));
        Assert.Contains(plan.SideFiles, file => file.Name == "tokenizer.json");
    }

    [Fact]
    public void PutsATemplateIntoAFileElsewhere()
    {
        MergePlan plan = Plan("chat_template: mistral");
        Assert.Equal(ChatTemplates.Find("mistral"), Text(plan, "chat_template.jinja"));
        Assert.Equal(["tokenizer.json", "tokenizer_config.json"], plan.SideFiles.Select(file => file.Name));
    }

    [Fact]
    public void HasNoTemplateWhereNoTokenizerIsWritten()
    {
        MergePlan plan = Plan("chat_template: chatml", copy: false);
        Assert.Equal(5, Plans.Warning(plan, "MRG0357").Position.Line);
        Assert.Empty(plan.SideFiles);
        Assert.Equal(["config.json"], plan.Texts.Select(text => text.Name));
    }

    [Fact]
    public void WarnsOfIdsThatMeanOtherTokens()
    {
        Add("tok-base", "generation_config.json", """{"eos_token_id": [2, 7]}""");
        string file = Path.Combine(folder, "tok-plus", "tokenizer.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"</s>\": 2,", "\"</s>\": 3,").Replace("\"<pad>\": 3,", "\"<pad>\": 2,"));
        string text = Plans.Warning(Plan("tokenizer_source: tok-plus"), "MRG0359").Text;
        Assert.Contains("eos_token_id 2 was '</s>', which is 3 in the output", text, StringComparison.Ordinal);
        Assert.DoesNotContain("eos_token_id 7", text, StringComparison.Ordinal);
    }

    [Fact]
    public void ReportsEveryToken()
    {
        MergePlan plan = Plan("tokenizer:\n  pad_to_multiple_of: 64\n  tokens:\n    \"<zero>\": {source: {kind: zero}}\n    \"<|im_end|>\": {source: tok-plus, force: true}");
        JsonNode report = JsonNode.Parse(Text(plan, "tokenizer-merge.json"))!;
        Assert.Equal((294, 320), ((int)report["tokens"]!, (int)report["rows"]!));
        JsonNode table = Assert.Single(report["tables"]!.AsArray())!;
        Assert.Equal(["model.embed_tokens.weight", "lm_head.weight"], table["tensors"]!.AsArray().Select(tensor => (string)tensor!));
        Assert.Equal(["mergesdk", "<|im_start|>", "<|im_end|>", "<tool>", "</tool>"], table["copied"]!.AsArray().Select(row => (string)row!["token"]!));
        Assert.Equal("""{"token":"<|im_end|>","id":290,"from":"tok-plus","row":290,"forced":true,"in":["tok-base","tok-plus"]}""",
            table["copied"]![2]!.ToJsonString(Readable));
        Assert.Equal("<zero>", (string)Assert.Single(table["zeroed"]!.AsArray())!["token"]!);
        Assert.Empty(table["averaged"]!.AsArray());
        Assert.Equal(26, (int)table["padding_rows"]!);
        Assert.Contains("5 rows copied between models, 0 averaged, 1 zero", Plans.Warning(plan, "MRG0351").Text, StringComparison.Ordinal);
        Assert.Equal(9, Plans.Warning(plan, "MRG0356").Position.Line);
    }

    [Fact]
    public void NamesTokensThatAreLeftOut()
    {
        JsonNode report = JsonNode.Parse(Text(Plan("tokenizer_source: base"), "tokenizer-merge.json"))!;
        Assert.Equal(["mergesdk", "<|im_start|>", "<|im_end|>", "<tool>", "</tool>"], report["left_out"]![1]!["tokens"]!.AsArray().Select(token => (string)token!));
    }

    [Fact]
    public void DependsOnEveryTokenizer()
    {
        MergePlan plan = Plan("tokenizer_source: union");
        string file = Path.Combine(folder, "tok-plus", "tokenizer.json"), before = Text(plan, "tokenizer.json");
        Assert.Contains(file, plan.InputFiles);
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"<tool>\"", "\"<tools>\""));
        Assert.NotEqual(before, Text(Plan("tokenizer_source: union"), "tokenizer.json"));
    }

    /// <summary>The rows' order is part of a tensor's key, and only of the tables'.</summary>
    [Fact]
    public void ChangesTheKeysOfTablesOnly()
    {
        string[] Changed(MergePlan one, MergePlan other) =>
            [.. one.Steps.Zip(other.Steps).Where(pair => one.TensorKeyText(pair.First, _ => "d") != other.TensorKeyText(pair.Second, _ => "d")).Select(pair => pair.First.Name)];
        Assert.Equal(["model.embed_tokens.weight", "lm_head.weight"], Changed(Plan("tokenizer_source: union"), Plan("tokenizer_source: base")));
        Assert.Empty(Changed(Plan("tokenizer_source: union"), Plan("tokenizer: {source: union}")));
    }

    MergePlan Plan(string lines, bool copy = true)
    {
        string recipe = $"merge_method: linear\nbase_model: tok-base\nmodels: [{{model: tok-base}}, {{model: tok-plus}}]\nparameters: {{weight: 1}}\n{lines}";
        return MergePlanner.Plan(Plans.Read(recipe), new() { ProjectDirectory = folder, CopyTokenizer = copy });
    }

    static string Text(MergePlan plan, string name) => plan.Texts.Single(text => text.Name == name).Text;

    void Add(string model, string name, string text) => File.WriteAllText(Path.Combine(folder, model, name), text);
}
