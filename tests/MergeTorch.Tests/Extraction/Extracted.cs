using System.Text.Json.Nodes;
using MergeEngine;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.LinearAlgebra;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeTorch.Tests.Extraction;

/// <summary>An adapter that a recipe makes of golden models.</summary>
sealed class Extracted
{
    const string Prefix = "base_model.model.";

    readonly Dictionary<string, (float[] Values, TensorShape Shape)> tensors;

    /// <param name="model">Folder of the fine-tuned model below tests/data/peft.</param>
    /// <param name="settings">Lines of the recipe besides method and models.</param>
    public Extracted(string model, string settings = "", MergeOptions? options = null, string baseModel = "base/llama")
    {
        Plan = Planned(model, settings, TorchFixture.LinearAlgebra, baseModel);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("merge-torch-");
        try
        {
            MergePlan measured = MergeExecutor.Measure(Plan, options ?? new MergeOptions(), default);
            Digests = MergeExecutor.Run(measured, folder.FullName, options ?? new MergeOptions(), null, default).Digests;
            tensors = Tensors.Read(Path.Combine(folder.FullName, "adapter_model.safetensors"));
            Assert.Equal(["adapter_model.safetensors"], Directory.GetFiles(folder.FullName).Select(Path.GetFileName));
            Config = JsonNode.Parse(Assert.Single(measured.Texts).Text)!.AsObject();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static string Data { get; } = FindData(AppContext.BaseDirectory);

    public MergePlan Plan { get; }

    public IReadOnlyList<string> Digests { get; }

    public JsonObject Config { get; }

    public IEnumerable<string> Names => tensors.Keys;

    public static MergePlan Planned(string model, string settings, ILinearAlgebra? algebra, string baseModel = "base/llama")
    {
        string text = $"merge_method: extract_lora\nbase_model: {baseModel}\nmodels:\n  - model: {model}\n{settings}\n";
        Recipe recipe = Assert.Single(RecipeFile.Parse(text, Path.Combine(Data, "r.yml"), MethodRegistry.All));
        var context = new PlanningContext { ProjectDirectory = Data };
        return MergePlanner.Plan(recipe, algebra is null ? context : context with { LinearAlgebra = (_, _) => algebra });
    }

    public (float[] Values, TensorShape Shape) this[string name] => tensors[Prefix + name];

    /// <summary>B · A of a linear module.</summary>
    public float[] Product(string module) => Product(this[$"{module}.lora_A.weight"], this[$"{module}.lora_B.weight"]);

    /// <summary>(B · A)ᵀ of an embedding, as its weight is stored.</summary>
    public float[] EmbeddingProduct(string module)
    {
        var (a, b) = (this[$"{module}.lora_embedding_A"], this[$"{module}.lora_embedding_B"]);
        return Numbers.Transposed(Product(a, b), (int)b.Shape[0], (int)a.Shape[1]);
    }

    public int RankOf(string module) => (int)this[$"{module}.lora_A.weight"].Shape[0];

    static float[] Product((float[] Values, TensorShape Shape) a, (float[] Values, TensorShape Shape) b) =>
        Numbers.Times(b.Values, a.Values, (int)b.Shape[0], (int)a.Shape[0], (int)(a.Shape.Count / a.Shape[0]));

    static string FindData(string directory) => File.Exists(Path.Combine(directory, "MergeSdk.sln"))
        ? Path.Combine(directory, "tests", "data", "peft")
        : FindData(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(directory))!);
}
