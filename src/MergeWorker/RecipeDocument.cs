using MergeEngine;
using MergeEngine.Recipes;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>One document of a recipe file, and the name of the model that it makes.</summary>
sealed record RecipeDocument(string ModelName, Recipe Recipe)
{
    /// <summary>What other documents of the file call it; null: nothing.</summary>
    public string? Name => Recipe.Name?.Value;

    /// <summary>Reads a recipe file: its documents, each after those whose models it uses.</summary>
    /// <remarks>A file's only document and its document without a name make the model of the file's name; the others, "file.document".</remarks>
    /// <exception cref="MergeException">MRG01xx: everything that is wrong with the text, and the models that are missing.</exception>
    public static IReadOnlyList<RecipeDocument> Read(RequestedRecipe recipe, Func<Placed<ModelReference>, Diagnostic?> missing)
    {
        IReadOnlyList<Recipe> documents = RecipeFile.Read(recipe.Path, missing);
        return [.. documents.Select(document => new RecipeDocument(
            documents.Count == 1 || document.Name is null ? recipe.Name : $"{recipe.Name}.{document.Name.Value.Value}", document))];
    }
}
