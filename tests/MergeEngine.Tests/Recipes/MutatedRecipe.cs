using System.Text;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Recipes;

/// <summary>Whatever a recipe's text is, the answer is a recipe or a list of findings, each with its place in the text.</summary>
public class MutatedRecipe
{
    const int RoundsPerRecipe = 25;

    static readonly string[] Pieces =
        ["&a ", "*a", "<<: ", "- ", "[", "]", "{", "}", ": ", "\n", "\t", "  ", "|", ">", "'", "\"", "!", "!!int ", "%", "@", "---\n", "...\n", "#", "null", "-1", "1e400", "0x_", "\\U00110000", "\ud83d\ude00", "? ", ",", "~"];

    public static TheoryData<int> Seeds => [1, 2, 3, 4];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void GivesARecipeOrFindings(int seed)
    {
        var random = new Random(seed);
        foreach (string original in RecipeText.GoldenRecipes.Values.Select(File.ReadAllText))
        {
            string text = original;
            for (int round = 0; round < RoundsPerRecipe; round++)
            {
                text = round % 5 == 0 ? Mutate(original, random) : Mutate(text, random);
                Check(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
            }
        }
    }

    static void Check(string text)
    {
        try
        {
            foreach (Recipe recipe in RecipeText.ReadAll(text))
            {
                Assert.NotEmpty(recipe.CanonicalLines);
                Assert.Equal(recipe.CanonicalYaml, RecipeText.Read(recipe.CanonicalYaml).CanonicalYaml);
            }
        }
        catch (MergeException e)
        {
            int lines = text.Split('\n', '\r', '\u0085').Length;
            Assert.NotEmpty(e.Diagnostics);
            Assert.All(e.Diagnostics, finding => Assert.InRange(finding.Position.Line, 1, lines + 1));
            Assert.All(e.Diagnostics, finding => Assert.DoesNotContain('\n', finding.Text));
        }
    }

    internal static string Mutate(string text, Random random)
    {
        int at = random.Next(text.Length + 1);
        int length = Math.Min(random.Next(1, 12), text.Length - at);
        return random.Next(4) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
            2 => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
            _ => text.Remove(at, length).Insert(at, ((char)random.Next(1, 0x180)).ToString()),
        };
    }
}
