using MergeEngine;
using MergeEngine.LinearAlgebra;
using MergeEngine.Planning;

namespace MergeTorch.Tests.Extraction;

/// <summary>What is stored how is known before anything is computed, and without LibTorch.</summary>
public sealed class PlannedModules
{
    static readonly ILinearAlgebra None = new NoAlgebra();

    static MergePlan Plan(string settings) => Extracted.Planned("extract/finetuned", settings, None);

    static string[] Outputs(string settings) => [.. Plan(settings).Outputs.Select(output => output.Name["base_model.model.".Length..])];

    static string Config(string settings) => string.Join("", Assert.Single(Plan(settings).Texts).Text.Split('\n').Select(line => line.Trim()));

    [Fact]
    public void LinearModulesHaveFactorsTheOthersAreWhole()
    {
        string[] outputs = Outputs("");
        Assert.Contains("model.layers.1.mlp.up_proj.lora_A.weight", outputs);
        Assert.Contains("model.layers.1.mlp.up_proj.lora_B.weight", outputs);
        Assert.Contains("model.embed_tokens.weight", outputs);
        Assert.Contains("lm_head.weight", outputs);
        Assert.Contains("model.layers.0.input_layernorm.weight", outputs);
        Assert.DoesNotContain("model.layers.1.mlp.up_proj.weight", outputs);
        Assert.Equal(14 * 2 + 2 + 5, outputs.Length);
        Assert.Contains("""
            "modules_to_save": ["embed_tokens","input_layernorm","lm_head","norm","post_attention_layernorm"]
            """, Config(""));
        Assert.Contains("""
            "target_modules": ["down_proj","gate_proj","k_proj","o_proj","q_proj","up_proj","v_proj"]
            """, Config(""));
    }

    [Fact]
    public void ScaleIsOneForEveryModule()
    {
        // Rank 24 but for k_proj and v_proj, whose smaller side is 12.
        string config = Config("");
        Assert.Contains("\"r\": 24,", config);
        Assert.Contains("\"lora_alpha\": 24,", config);
        Assert.Contains("""
            "rank_pattern": {"model.layers.0.self_attn.k_proj": 12,
            """, config);
        Assert.Contains("""
            "alpha_pattern": {"model.layers.0.self_attn.k_proj": 12,
            """, config);
        Assert.Contains("\"task_type\": \"CAUSAL_LM\"", config);
        Assert.Contains("\"base_model_name_or_path\": \"base/llama\"", config);
    }

    [Fact]
    public void EmbeddingsHaveFactorsWhereAsked()
    {
        string[] outputs = Outputs("parameters: {embed_lora: true}");
        Assert.Contains("model.embed_tokens.lora_embedding_A", outputs);
        Assert.Contains("model.embed_tokens.lora_embedding_B", outputs);
        Assert.Contains("lm_head.lora_A.weight", outputs);
    }

    [Fact]
    public void UndecomposableAreSkippedWhereAsked() =>
        Assert.DoesNotContain(Outputs("parameters: {skip_undecomposable: true}"), name => name.Contains("norm"));

    [Fact]
    public void PatternsChooseModules()
    {
        Assert.Equal(["model.layers.0.self_attn.q_proj.lora_A.weight", "model.layers.0.self_attn.q_proj.lora_B.weight"], Outputs("include: ['self_attn\\.[qk]_proj$']\nexclude: ['layers\\.1\\.', k_proj]"));
        // The last parts would choose the other layer's modules too.
        Assert.Contains("""
            "target_modules": ["model.layers.0.self_attn.q_proj"]
            """, Config("include: [q_proj]\nexclude: ['layers\\.1\\.']"));
    }

    [Fact]
    public void SavedModulesAreWhole()
    {
        string[] outputs = Outputs("save_modules: [up_proj, model.layers.0.mlp.down_proj]");
        Assert.Contains("model.layers.0.mlp.up_proj.weight", outputs);
        Assert.Contains("model.layers.1.mlp.up_proj.weight", outputs);
        Assert.Contains("model.layers.0.mlp.down_proj.weight", outputs);
        Assert.Contains("model.layers.1.mlp.down_proj.lora_A.weight", outputs);
    }

    [Fact]
    public void RanksMayDifferByFilter()
    {
        MergePlan plan = Plan("parameters:\n  max_rank: [{filter: mlp, value: 4}, {value: 2}]");
        Assert.Equal(4, plan.Steps.First(step => step.Name == "model.layers.0.mlp.up_proj.weight").Factoring!.Rank);
        Assert.Equal(2, plan.Steps.First(step => step.Name == "model.layers.0.self_attn.q_proj.weight").Factoring!.Rank);
    }

    [Theory]
    [InlineData("include: ['(?=x)']", "MRG0186")]
    [InlineData("include: ['(']", "MRG0186")]
    [InlineData("include: [nothing_is_called_so]", "MRG0189")]
    [InlineData("parameters: {max_rank: 0}", "MRG0106")]
    public void WrongSettingsAreErrors(string settings, string code) =>
        Assert.Contains(code, Assert.Throws<MergeException>(() => Plan(settings)).Diagnostics.Select(error => error.Code));

    [Fact]
    public void SeveralModelsAreMRG0185() =>
        Assert.Equal("MRG0185", Assert.Single(Assert.Throws<MergeException>(() => Extracted.Planned("extract/finetuned\n  - model: extract-full-rank/finetuned", "", None)).Diagnostics).Code);

    [Fact]
    public void WithoutLinearAlgebraIsMRG0020() =>
        Assert.Equal("MRG0020", Assert.Single(Assert.Throws<MergeException>(() => Extracted.Planned("extract/finetuned", "", null)).Diagnostics).Code);

    [Fact]
    public void BudgetIsCheckedWhenPlanning()
    {
        var error = Assert.Throws<MergeException>(() => MergeEngine.Execution.MergeExecutor.CheckBudget(Plan(""), new MergeOptions { MemoryBudget = 1 << 16 }));
        Assert.Equal("MRG0305", Assert.Single(error.Diagnostics).Code);
    }

    [Fact]
    public void LibraryAndChoicesArePartOfTheKey()
    {
        string[] Key(string settings) => [.. Plan(settings).KeyLines(tensor => tensor.Name, []).Select(line => line.Text)];
        Assert.Contains("linear algebra none 1", Plan("").TensorKeyText(Plan("").Steps.First(step => step.Factoring is not null), tensor => tensor.Name));
        Assert.NotEqual(Key(""), Key("exclude: [nothing]"));
        Assert.NotEqual(Key(""), Key("parameters: {sv_epsilon: 0.1}"));
        Assert.Equal(Key(""), Key("# nothing"));
    }

    [Fact]
    public void CanonicalRecipeReadsBackEqual()
    {
        const string settings = "include: ['^model']\nexclude: [k_proj, v_proj]\nsave_modules: [up_proj]\ndtype: bfloat16\nparameters: {max_rank: 4}";
        string canonical = Plan(settings).Recipe.CanonicalYaml;
        Assert.Equal(canonical, Assert.Single(MergeEngine.Recipes.RecipeFile.Parse(canonical, "r.yml", MergeEngine.Methods.MethodRegistry.All)).CanonicalYaml);
    }
}
