using System.Text.Json;

namespace MergeSdk.Tests;

/// <summary>The schema of recipes that a project writes for editors.</summary>
public sealed class SchemaForEditors : IDisposable
{
    readonly MergeProject project = new();

    public void Dispose() => project.Dispose();

    [Fact]
    public void LiesBesideTheProjectAndHelps()
    {
        project.Build("-t:WriteMergeSchema").Succeeds().Says("recipe schema");
        string schema = File.ReadAllText(project["merge-recipe.schema.json"]);
        Assert.Equal("http://json-schema.org/draft-07/schema#", JsonDocument.Parse(schema).RootElement.GetProperty("$schema").GetString());
        Assert.Contains("TIES: ", schema, StringComparison.Ordinal);
    }

    [Fact]
    public void LiesWhereThePropertySays()
    {
        project.Build("-t:WriteMergeSchema", "-p:MergeSchemaFile=recipes/here.json").Succeeds();
        Assert.True(File.Exists(project["recipes/here.json"]));
    }

    [Fact]
    public void ThatCannotBeWrittenFailsWithMRG0605() => project.Build("-t:WriteMergeSchema", "-p:MergeSchemaFile=no/such/folder.json").Fails().Says("MRG0605");
}
