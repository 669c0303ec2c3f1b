using System.Text;
using MergeEngine.Recipes;
using MergeEngine.Tests.Recipes;

namespace MergeEngine.Tests.Moe;

/// <summary>Whatever the text of a mixture is, the answer is a recipe that can be written down, or a list of findings.</summary>
public class MutatedMixture
{
    const int Rounds = 3000;

    const string Original = """
        base_model: m
        gate_mode: cheap_embed
        experts_per_token: 1
        dtype: bfloat16
        seed: 3
        experts:
          - source_model: a@r
            positive_prompts: ["one\n", 'two']
            noise_scale: 1e-2
          - {source_model: {model: {path: b}}, positive_prompts: [three], negative_prompts: [four], residual_scale: 0.5}
        shared_experts:
          - source_model: c

        """;

    [Fact]
    public void GivesARecipeOrFindings()
    {
        var random = new Random(5);
        int read = 0;
        string text = Original;
        for (int round = 0; round < Rounds; round++)
        {
            text = MutatedRecipe.Mutate(round % 3 == 0 ? Original : text, random);
            if (IsRead(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)))) read++;
        }
        Assert.InRange(read, Rounds / 100, Rounds);
    }

    static bool IsRead(string text)
    {
        try
        {
            foreach (Recipe recipe in RecipeText.ReadAll(text))
            {
                Assert.NotEmpty(recipe.CanonicalLines);
                Assert.Equal(recipe.CanonicalYaml, Assert.Single(RecipeText.ReadAll(recipe.CanonicalYaml)).CanonicalYaml);
            }
            return true;
        }
        catch (MergeException e)
        {
            Assert.NotEmpty(e.Diagnostics);
            Assert.All(e.Diagnostics, finding => Assert.DoesNotContain('\n', finding.Text));
            return false;
        }
    }
}
