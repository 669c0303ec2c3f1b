namespace MergeSdk.Tests;

/// <summary>A recipe that joins two vocabularies.</summary>
public sealed class MergedTokenizers : IDisposable
{
    readonly MergeProject project = new();

    public MergedTokenizers()
    {
        project.AddModel("base", "tok-base").AddModel("plus", "tok-plus");
        project.Write("recipes/u.yml", "merge_method: linear\nbase_model: models/base\nmodels: [{model: models/base}, {model: models/plus}]\nparameters: {weight: 0.5}\ntokenizer_source: union\n");
    }

    public void Dispose() => project.Dispose();

    [Fact]
    public void AreWrittenAndDecideWhetherTheModelIsUpToDate()
    {
        project.Build().Succeeds().Plans(0, 1);
        Assert.Contains("<|im_start|>", File.ReadAllText(project["bin/u/tokenizer.json"]));
        Assert.Contains("\"vocab_size\": 293", File.ReadAllText(project["bin/u/config.json"]));
        Assert.Contains("\"copied\"", File.ReadAllText(project["bin/u/tokenizer-merge.json"]));
        project.Build().Succeeds().Plans(1, 0);

        string other = project["models/plus/tokenizer.json"];
        File.WriteAllText(other, File.ReadAllText(other).Replace("\"<tool>\"", "\"<tools>\""));
        project.Build("-p:MergeExplain=true").Succeeds().Plans(0, 1).Says("tokenizer");
        Assert.Contains("<tools>", File.ReadAllText(project["bin/u/tokenizer.json"]));
    }
}
