using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Output;

namespace MergeEngine.Tests.Output;

/// <summary>The files beside the weights, all of them.</summary>
public sealed class WrittenFolder : IDisposable
{
    const string Recipe = "merge_method: ties\nbase_model: models/base\nmodels:\n- model: /home/user/a\n";

    readonly string _root = Directory.CreateTempSubdirectory("output").FullName;

    public WrittenFolder()
    {
        Directory.CreateDirectory(Output);
        Directory.CreateDirectory(Donor);
        File.WriteAllText(Path.Combine(Donor, "tokenizer.json"), "{}");
        Directory.CreateDirectory(Path.Combine(Donor, "1_Pooling"));
        File.WriteAllText(Path.Combine(Donor, "1_Pooling", "config.json"), "{\"a\": 1}\r\n");
        File.WriteAllText(Path.Combine(Output, "model.safetensors"), "weights");
    }

    string Output => Path.Combine(_root, "out");

    string Donor => Path.Combine(_root, "donor");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void HasTheReturnedFilesAndNoOthers()
    {
        IReadOnlyList<string> names = OutputFolder.Write(Output, Merge());
        Assert.Equal(["1_Pooling/config.json", "README.md", "config.json", "merge-manifest.json", "mergekit_config.yml", "model.safetensors", "tokenizer.json"], names);
        Assert.Equal(names, Directory.EnumerateFiles(Output, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Output, file).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void CopiesBytes()
    {
        OutputFolder.Write(Output, Merge());
        Assert.Equal("{\"a\": 1}\r\n", Read("1_Pooling/config.json"));
        Assert.Equal("{}\n", Read("config.json"));
        Assert.Equal(Recipe, Read("mergekit_config.yml"));
    }

    [Fact]
    public void ManifestHasTheDigestsOfAllFilesButItself()
    {
        IReadOnlyList<string> names = OutputFolder.Write(Output, Merge());
        JsonArray files = Manifest()["files"]!.AsArray();
        Assert.Equal(names.Where(name => name != "merge-manifest.json"), files.Select(file => (string?)file!["name"]));
        Assert.All(files, file =>
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(Output, (string)file!["name"]!));
            Assert.Equal(bytes.Length, (int)file["size"]!);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), (string?)file["sha256"]);
        });
    }

    [Fact]
    public void ManifestSaysFromWhatAndByWhat()
    {
        OutputFolder.Write(Output, Merge());
        JsonNode manifest = Manifest();
        manifest.AsObject().Remove("files");
        Assert.Equal("""
            {"schema":1,"name":"mymodel","tool":{"name":"MergeSdk","version":"1.2.3","engine_revision":4},"method":"ties","method_revision":1,"seed":18446744073709551615,"recipe":"RECIPE",
            "inputs":[{"model":"models/base","files":[{"name":"model.safetensors","size":7,"sha256":"ab"}]},{"model":"a","digest":"12"}],
            "tensors":[{"name":"w","dtype":"BF16","shape":[2,3],"digest":"cd"},{"name":"s","dtype":"F32","shape":[],"digest":"ef"}]}
            """.ReplaceLineEndings("").Replace("RECIPE", Recipe.Replace("\n", "\\n")), manifest.ToJsonString());
    }

    [Fact]
    public void IsTheSameInAnotherPlace()
    {
        string other = Path.Combine(_root, "elsewhere", "out");
        Directory.CreateDirectory(other);
        File.Copy(Path.Combine(Output, "model.safetensors"), Path.Combine(other, "model.safetensors"));
        foreach (string name in OutputFolder.Write(Output, Merge()).Intersect(OutputFolder.Write(other, Merge())))
            Assert.Equal(File.ReadAllBytes(Path.Combine(Output, name)), File.ReadAllBytes(Path.Combine(other, name)));
    }

    [Fact]
    public void IsUtf8WithLineFeedsAndNoPlaceOfTheMachine()
    {
        OutputFolder.Write(Output, Merge() with { RecipeText = Recipe.Replace("\n", "\r\n") + "# é\r\n" });
        foreach (string name in new[] { "README.md", "mergekit_config.yml", "merge-manifest.json" })
        {
            string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(Path.Combine(Output, name)));
            Assert.DoesNotContain('\r', text);
            Assert.DoesNotContain(_root, text);
            Assert.Contains("é", text);
            Assert.EndsWith("\n", text);
        }
    }

    [Fact]
    public void CardSaysHowTheModelWasMade()
    {
        OutputFolder.Write(Output, Merge());
        Assert.Equal("""
            ---
            base_model: []
            library_name: transformers
            tags:
            - mergekit
            - merge
            ---

            # mymodel

            These weights were merged from trained models by MergeSdk, from a recipe in the language of [mergekit](https://github.com/arcee-ai/mergekit).

            ## Merge Details

            ### Merge Method

            Merged with the [TIES](https://arxiv.org/abs/2306.01708) method using models/base as a base.

            ### Models Merged

            * a
            * models/b

            ### Configuration

            ```yaml
            merge_method: ties
            base_model: models/base
            models:
            - model: /home/user/a
            ```

            """.ReplaceLineEndings("\n"), Read("README.md"));
    }

    [Fact]
    public void CardWithoutBaseListsAllModelsAndHubIds()
    {
        OutputFolder.Write(Output, Merge() with { Base = null, HubModels = ["org/one", "org/two"] });
        string card = Read("README.md");
        Assert.Contains("base_model:\n- org/one\n- org/two\nlibrary_name:", card);
        Assert.DoesNotContain("as a base", card);
        Assert.Contains("* models/base\n* a\n* models/b\n", card);
    }

    [Fact]
    public void RecipeCannotEndItsBlock()
    {
        OutputFolder.Write(Output, Merge() with { RecipeText = "# ```\n# ````\n" });
        Assert.Contains("\n`````yaml\n# ```\n# ````\n`````\n", Read("README.md"));
    }

    [Theory]
    [InlineData("models/a", "models/a")]
    [InlineData("../a", "../a")]
    [InlineData("/home/user/a/", "a")]
    [InlineData("~/a", "a")]
    [InlineData("C:\\models\\a", "a")]
    [InlineData("org/name@main+org/lora", "org/name@main+org/lora")]
    public void AbsolutePathsAreShownByTheirLastPart(string reference, string expected) => Assert.Equal(expected, InputModel.Shown(reference));

    [Fact]
    public void SideFileThatWentAway_FailsWithMRG0209()
    {
        OutputDescription merge = Merge();
        File.Delete(Path.Combine(Donor, "tokenizer.json"));
        Assert.Equal("MRG0209", Assert.Single(Assert.Throws<MergeException>(() => OutputFolder.Write(Output, merge)).Diagnostics).Code);
    }

    [Fact]
    public void MissingFolder_FailsWithMRG0605() =>
        Assert.Equal("MRG0605", Assert.Single(Assert.Throws<MergeException>(() => OutputFolder.Write(Path.Combine(_root, "none"), Merge())).Diagnostics).Code);

    [Fact]
    public void FactsOfAFileAreItsSizeAndSha256() =>
        Assert.Equal(new FileFact("model.safetensors", 7, Convert.ToHexStringLower(SHA256.HashData("weights"u8))), FileFact.Of(Output, "model.safetensors"));

    string Read(string name) => File.ReadAllText(Path.Combine(Output, name));

    JsonNode Manifest() => JsonNode.Parse(Read("merge-manifest.json"))!;

    OutputDescription Merge() => new()
    {
        Name = "mymodel",
        Texts = [new OutputText("config.json", "{}\n")],
        SideFiles = SideFile.Of(Donor, []),
        Method = new MethodSpec("ties", "TIES", "arXiv:2306.01708", []),
        RecipeText = Recipe,
        RecipeFileName = "mergekit_config.yml",
        Base = "models/base",
        Models = ["models/base", "/home/user/a", "models/b"],
        Seed = ulong.MaxValue,
        ToolVersion = "1.2.3",
        EngineRevision = 4,
        Inputs = [new InputModel("models/base", [new FileFact("model.safetensors", 7, "ab")]), new InputModel("/home/user/a", [], "12")],
        Tensors = [new OutputTensor("w", Dtype.BF16, new TensorShape(2, 3), "cd"), new OutputTensor("s", Dtype.F32, new TensorShape(), "ef")],
        WeightFiles = [FileFact.Of(Output, "model.safetensors")],
    };
}
