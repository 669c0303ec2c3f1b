using System.Text;
using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Tests.Fuzzing.Targets;

sealed class RecipeYaml : FuzzTarget
{
    public override IEnumerable<byte[]> Seeds => DataFiles("mergekit", "recipe.yml").Select(File.ReadAllBytes);

    public override IReadOnlyList<string> Tokens =>
        ["&a ", "*a", "<<: ", "<<: *a", "- ", "[", "]", "{", "}", ": ", "\n", "\t", "  ", "|", ">", "'", "\"", "!", "!!int ", "%", "@", "---\n", "...\n", "#", "null", "-1", "1e400", ".inf", "\\U00110000", "? ", ",", "~",
            "merge_method: ", "base_model: ", "slices:\n", "models:\n", "parameters: ", "layer_range: ", "filter: ", "value: ", "tensors: ", "tokenizer: ", "modules: ", "&a [*a, *a]"];

    public override void Read(byte[] input)
    {
        foreach (Recipe recipe in RecipeFile.Parse(Encoding.UTF8.GetString(input), "recipe.yml", MethodRegistry.All)) _ = recipe.CanonicalLines;
    }
}
