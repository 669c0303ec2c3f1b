using System.Text.RegularExpressions;

namespace MergeSdk.Tests;

public sealed class BrokenRecipe : IDisposable
{
    readonly MergeProject project = MergeProject.WithOneRecipe();

    public void Dispose() => project.Dispose();

    [Fact]
    public void DoesNotStopTheOthersAndHasAPosition()
    {
        project.Write("recipes/broken.yml", "merge_method: linear\nmodels:\n  - model: models/none\n    parameters: {weight: 1}\n");
        BuildResult result = project.Build().Fails().Says("0 up to date, 0 from cache, 1 to run, 1 with errors").Says("x: merged");
        Assert.True(File.Exists(project.Weights("x")));
        // The form that GitHub's matcher accepts: file(line,column), no end position, no subcategory.
        Assert.Matches(new Regex($@"^\s*{Regex.Escape(project["recipes/broken.yml"])}\(3,\d+\): error MRG02\d\d: .* \[.*\]$", RegexOptions.Multiline), result.Output);
    }

    [Fact]
    public void KeepsItsLastOutputThroughBuilds()
    {
        project.AddRecipe("y").Build().Succeeds();
        byte[] weights = File.ReadAllBytes(project.Weights("x"));
        project.Write("recipes/x.yml", "merge_method: none\nmodels: []\n");
        for (int build = 0; build < 2; build++)
        {
            project.Build().Fails().Says("x.yml(1,").Says("error MRG01");
            Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
        }
        project.AddRecipe("x").Build().Succeeds().Plans(2, 0);
        Assert.Equal(weights, File.ReadAllBytes(project.Weights("x")));
    }
}
