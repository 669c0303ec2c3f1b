using MergeEngine;
using MergeEngine.Recipes;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>One document of a recipe file, and the name of the model that it makes.</summary>
/// <param name="IsModel">It is written even if nothing needs it to be.</param>
sealed record RecipeDocument(string ModelName, Recipe Recipe, bool IsModel)
{
    /// <summary>What other documents of the file call it; null: nothing.</summary>
    public string? Name => Recipe.Name?.Value;

    /// <summary>Reads a recipe file: its documents, each after those whose results it uses.</summary>
    /// <remarks>A file's only document and its document without a name make the model of the file's name; the others, "file.document".
    /// A document that another one uses is not written for that.</remarks>
    /// <param name="writeAll">Write those as well.</param>
    /// <exception cref="MergeException">MRG01xx: everything that is wrong with the text, and the models that are missing.</exception>
    public static IReadOnlyList<RecipeDocument> Read(RequestedRecipe recipe, bool writeAll, Func<Placed<ModelReference>, Diagnostic?> missing)
    {
        IReadOnlyList<Recipe> documents = RecipeFile.Read(recipe.Path, missing);
        HashSet<string> used = [.. documents.SelectMany(document => document.Needs)];
        return [.. documents.Select(document => document.Name is { } name && documents.Count > 1
            ? new RecipeDocument($"{recipe.Name}.{name.Value}", document, writeAll || !used.Contains(name.Value))
            : new RecipeDocument(recipe.Name, document, IsModel: true))];
    }
}
