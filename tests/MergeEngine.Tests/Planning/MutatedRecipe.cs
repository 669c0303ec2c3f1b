using MergeEngine.Methods;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Planning;

/// <summary>Whatever a readable recipe asks for, the answer is a plan or a list of findings.</summary>
public class MutatedRecipe
{
    const int RoundsPerRecipe = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void GivesAPlanOrFindings(int seed)
    {
        var random = new Random(seed);
        int plans = 0;
        foreach (string text in Directory.GetFiles(Path.Combine(TestData.Folder, "mergekit"), "recipe.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText))
        {
            string[] lines = text.Split('\n');
            for (int round = 0; round < RoundsPerRecipe; round++) plans += Plan(Mutate(lines, random));
        }
        Assert.InRange(plans, 100, int.MaxValue);
    }

    static int Plan(string text)
    {
        try
        {
            IReadOnlyList<Recipe> recipes = RecipeFile.Parse(text, Path.Combine(TestData.Folder, "mergekit", "r.yml"), MethodRegistry.All);
            Assert.All(recipes.Select(recipe => MergePlanner.Plan(recipe, Plans.Context)), plan =>
            {
                Assert.Equal(plan.Steps.Count, plan.Steps.DistinctBy(step => step.Name).Count());
                Assert.All(plan.Steps.SelectMany(step => step.Sources, (step, source) => (step, source)), pair => Assert.Equal(pair.step.Shape, pair.source.Tensor.Shape));
            });
            return recipes.Count;
        }
        catch (MergeException e)
        {
            Assert.Contains(e.Diagnostics, finding => finding.Severity == Severity.Error);
            return 0;
        }
    }

    /// <summary>Whole lines and numbers are moved, so that many results are still recipes.</summary>
    static string Mutate(string[] lines, Random random)
    {
        List<string> changed = [.. lines];
        int at = random.Next(changed.Count);
        switch (random.Next(4))
        {
            case 0:
                changed.RemoveAt(at);
                break;
            case 1:
                changed.Insert(random.Next(changed.Count), changed[at]);
                break;
            case 2:
                changed[at] = changed[at].Replace("models/llama", random.Next(2) == 0 ? "models/mistral" : "models/llama-4l", StringComparison.Ordinal);
                break;
            default:
                changed[at] = string.Concat(changed[at].Select(c => char.IsAsciiDigit(c) && random.Next(3) == 0 ? (char)('0' + random.Next(10)) : c));
                break;
        }
        return string.Join('\n', changed);
    }
}
