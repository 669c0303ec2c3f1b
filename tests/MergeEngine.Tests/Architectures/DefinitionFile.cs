using MergeEngine.Architectures;

namespace MergeEngine.Tests.Architectures;

/// <summary>The format of definition files, as FORMAT.md describes it.</summary>
public sealed class DefinitionFile
{
    const string Parent = """
        ignore *.mask   # of every architecture
        architecture parent
          classes A B
          type t
          layers depth | n
          alias model.* = *
          alias *.scale = *.gamma
          ignore {x,y}.buffer
          pre model.
            embed.{weight,scale}  embedding
          layer model.{layer}.
            e.{0..experts}.w{1,2}
            out  optional
          post
            head.{layers+1}  optional tied=model.embed.weight dtype=I64
        architecture child extends parent
          classes C
          type t
          has *.e.*
          layer model.{layer}.
            - e.{0..experts}.w2
            out
        """;

    static readonly IReadOnlyList<ArchitectureDefinition> Definitions = DefinitionReader.Read([("test", Parent)]);

    [Fact]
    public void SaysTheArchitecture() => Assert.Equal("""
        architecture parent
        module default
        layers depth | n
        pre
        model.embed.weight embedding alias=embed.weight
        model.embed.scale embedding alias=embed.scale alias=model.embed.gamma alias=embed.gamma
        layer
        model.{layer}.e.0.w1 alias={layer}.e.0.w1
        model.{layer}.e.1.w1 alias={layer}.e.1.w1
        model.{layer}.e.0.w2 alias={layer}.e.0.w2
        model.{layer}.e.1.w2 alias={layer}.e.1.w2
        model.{layer}.out optional alias={layer}.out
        post
        head.{layers+1} optional tied=model.embed.weight dtype=I64
        """.ReplaceLineEndings("\n"), Bind(0).ToString());

    [Fact]
    public void ChildTakesLinesOverRemovesAndReplaces()
    {
        Assert.Equal(["model.{layer}.e.0.w1", "model.{layer}.e.1.w1", "model.{layer}.out"], Bind(1).Modules[0].Layer.Select(template => template.Name));
        Assert.False(Bind(1).Modules[0].Layer[^1].Optional);
        Assert.Equal(Bind(0).Modules[0].Post.Single(), Bind(1).Modules[0].Post.Single());
        Assert.Equal("C", Assert.Single(Definitions[1].Classes));
        Assert.Equal("*.e.*", Definitions[1].Has);
    }

    [Fact]
    public void PlaceholdersAreLayerAndCount()
    {
        ArchitectureModule module = Bind(0).Modules[0];
        Assert.Equal("model.4.out", module.Layer[^1].NameFor(4, 6));
        Assert.Equal("head.7", module.Post[0].NameFor(0, 6));
        Assert.Equal(["head.7", "model.embed.weight"], module.Post[0].NamesFor(0, 6));
    }

    [Theory]
    [InlineData("a.mask", true)]
    [InlineData("y.buffer", true)]
    [InlineData("z.buffer", false)]
    public void IgnoredPatternsAreIgnorable(string name, bool expected) =>
        Assert.Equal(expected, Bind(0).IsIgnorable(Outlines.Config("""{"n": 1}"""), name));

    [Theory]
    [InlineData("pre\n a", "f(2,1)")]
    [InlineData("architecture a\npre\n x wrong", "f(3,1)")]
    [InlineData("architecture a\n x", "f(2,1)")]
    [InlineData("architecture a extends b", "f(1,1)")]
    [InlineData("architecture a\narchitecture a\narchitecture b", "f(3,1)")]
    [InlineData("architecture a\nlayers", "f(2,1)")]
    public void MistakesAreNamedWithTheirLine(string text, string place) =>
        Assert.StartsWith(place, Assert.Throws<FormatException>(() => DefinitionReader.Read([("f", text)])).Message);

    static Architecture Bind(int index) => Definitions[index].Bind(Outlines.Config("""{"experts": 2}"""));
}
