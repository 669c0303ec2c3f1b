using MergeEngine;
using MergeEngine.Execution;
using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeTorch.Tests.Extraction;

/// <summary>The fine-tuned model may be what another document of the file makes; it is computed inside the extraction.</summary>
public sealed class ResultOfARecipe
{
    const string Documents = """
        name: one
        merge_method: linear
        models: [{model: extract/finetuned, parameters: {weight: 1}}]
        ---
        merge_method: extract_lora
        base_model: base/llama
        models: [{model: one}]
        parameters: {max_rank: 4, energy: 0.99}
        """;

    [SkippableFact]
    public void GivesTheAdapterOfTheWrittenModel()
    {
        IReadOnlyList<Recipe> recipes = RecipeFile.Parse(Documents, Path.Combine(Extracted.Data, "r.yml"), MethodRegistry.All);
        var context = new PlanningContext { ProjectDirectory = Extracted.Data, LinearAlgebra = (_, _) => TorchFixture.LinearAlgebra };
        MergePlan one = MergePlanner.Plan(recipes[0], context);
        MergePlan plan = MergePlanner.Plan(recipes[1], context with { ResultOf = name => name == "one" ? one : null });
        DirectoryInfo folder = Directory.CreateTempSubdirectory("merge-torch-");
        try
        {
            IReadOnlyList<string> digests = MergeExecutor.Run(MergeExecutor.Measure(plan, new MergeOptions(), default), folder.FullName, new MergeOptions(), null, default).Digests;
            Assert.Equal(new Extracted("extract/finetuned", "parameters: {max_rank: 4, energy: 0.99}").Digests, digests);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
