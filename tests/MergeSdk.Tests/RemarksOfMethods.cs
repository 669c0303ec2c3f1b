namespace MergeSdk.Tests;

/// <summary>What a method finds out about the numbers while it merges is a warning of the build, at the recipe.</summary>
public sealed class RemarksOfMethods : IDisposable
{
    readonly MergeProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void AreWarningsOfTheBuildThatMerges()
    {
        project.AddModel("base", "llama-base").AddModel("a", "llama-light-a").AddModel("b", "llama-light-b");
        project.Write("recipes/x.yml", "merge_method: sce\nbase_model: models/base\nmodels: [{model: models/a}, {model: models/b}]\n");
        project.Build().Succeeds().Plans(0, 1).Says("x.yml(1,1): warning MRG0307");
        project.Build().Succeeds().Plans(1, 0);
    }
}
