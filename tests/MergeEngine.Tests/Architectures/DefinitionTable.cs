using MergeEngine.Architectures;

namespace MergeEngine.Tests.Architectures;

/// <summary>All definitions, against table 4.1 of the compatibility specification with its corrections (definitions.psv).</summary>
public sealed class DefinitionTable
{
    static readonly string[][] Rows = [.. File.ReadLines(Path.Combine(TestData.Folder, "architectures", "definitions.psv"))
        .Where(line => !line.StartsWith('#')).Select(line => line.Split('|').Select(cell => cell.Trim()).ToArray())];

    public static TheoryData<string> Definitions => [.. Rows.Select(row => row[0])];

    [Fact]
    public void HasTheRowsOfTheSpecificationAndThreeLayouts()
    {
        Assert.Equal(62 + 3, Rows.Length);
        Assert.Equal(Rows.Select(row => row[0]).Order(), ArchitectureCatalog.All.Select(definition => definition.Name).Order());
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Agrees(string name)
    {
        string[] row = Rows.Single(row => row[0] == name);
        ArchitectureDefinition definition = ArchitectureCatalog.All.Single(definition => definition.Name == name);
        Architecture architecture = definition.Bind(Outlines.Config(
            """{"num_experts": 2, "num_local_experts": 2, "n_routed_experts": 2, "num_attention_heads": 2, "num_key_value_heads": 1}"""));
        List<TensorTemplate> templates = [.. architecture.Modules.SelectMany(module => module.Pre.Concat(module.Layer).Concat(module.Post))];

        Assert.Equal(row[1], string.Join(' ', definition.Classes));
        Assert.Equal(row[2], definition.ModelType);
        Assert.Equal(Expected(row, 3), string.Join("; ", architecture.Modules.Select(module => Counts(module, architecture))));
        Assert.Equal(Expected(row, 4).Split(' ').Order(), templates.Where(template => template.IsEmbedding).Select(template => template.Name).DefaultIfEmpty("-").Order());
        Assert.Equal(Expected(row, 5), $"{templates.Count(template => template.TiedNames.Length > 0)} {templates.Count(template => template.Optional)} "
            + $"{templates.Count(template => template.Aliases.Length > 0)} {templates.Count(template => template.ForcedDtype is not null)}");
    }

    [Theory]
    [MemberData(nameof(Definitions))]
    public void NamesEveryTensorOnce(string name)
    {
        Architecture architecture = ArchitectureCatalog.All.Single(definition => definition.Name == name).Bind(Outlines.Config(
            """{"num_experts": 2, "num_local_experts": 2, "n_routed_experts": 2, "num_attention_heads": 2, "num_key_value_heads": 1}"""));
        List<string> names = [.. architecture.Modules.SelectMany(module => module.Tensors(3).Select(tensor => tensor.Template.NameFor(tensor.Layer, 3)))];

        Assert.Equal(names.Distinct(), names);
        Assert.DoesNotContain(names, tensor => tensor.Contains('{') || tensor.Contains('}'));
    }

    [Fact]
    public void TiedNamesAreNamesOfOtherTensors()
    {
        foreach (ArchitectureDefinition definition in ArchitectureCatalog.All)
        {
            List<TensorTemplate> templates = [.. definition.Modules.SelectMany(module => module.Pre.Concat(module.Layer).Concat(module.Post))];
            Assert.All(templates.SelectMany(template => template.TiedNames), tied => Assert.Contains(templates, other => other.Name == tied));
        }
    }

    static string Expected(string[] row, int column) => row[column + 3] == "=" ? row[column] : row[column + 3];

    static string Counts(ArchitectureModule module, Architecture architecture) => (architecture.Modules.Length > 1 ? module.Name + " " : "")
        + $"{module.Pre.Length}/{module.Layer.Length}/{module.Post.Length} @ {(module.LayerKeys.IsEmpty ? module.FixedLayers.ToString() : string.Join(" or ", module.LayerKeys))}";
}
