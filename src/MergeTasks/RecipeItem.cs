using System.Text;
using MergeCache;
using MergeWorker.Protocol;
using Microsoft.Build.Framework;

namespace MergeTasks;

/// <summary>Reads <c>MergeRecipe</c> items: the same way in every task, and without more than the up-to-date check needs.</summary>
static class RecipeItem
{
    /// <summary>Metadata <c>ModelName</c>, else the file's name without extension.</summary>
    public static string NameOf(ITaskItem recipe) =>
        recipe.GetMetadata("ModelName") is { Length: > 0 } name ? name : recipe.GetMetadata("Filename");

    public static string PathOf(ITaskItem item) => item.GetMetadata("FullPath");

    /// <summary>What its last build knew; null if there was none, or its name is no file name.</summary>
    public static RecipeState? StateOf(ITaskItem recipe, string stateDirectory)
    {
        string name = NameOf(recipe);
        return Path.GetFileName(name) == name ? RecipeState.Read(RecipeState.FileFor(stateDirectory, name)) : null;
    }

    /// <summary>Everything besides the content of files that its result depends on, as one text to compare.</summary>
    /// <param name="modelSettings">See <see cref="SettingsOf(ITaskItem[], ITaskItem[])"/>.</param>
    public static string SettingsOf(ITaskItem recipe, string modelSettings) =>
        $"recipe {PathOf(recipe)}\n{string.Concat(MetadataOf(recipe).Select(value => $"{value.Key} {value.Value}\n"))}{modelSettings}";

    /// <summary>The metadata that a recipe's result depends on, where an item has it.</summary>
    public static Dictionary<string, string> MetadataOf(ITaskItem recipe)
    {
        var values = new Dictionary<string, string>();
        foreach (string name in RecipeMetadata.All)
            if (recipe.GetMetadata(name) is { Length: > 0 } value) values.Add(name, value);
        return values;
    }

    /// <summary>The item as the worker takes it.</summary>
    public static RequestedRecipe RequestOf(ITaskItem recipe, string modelSettings) =>
        new(PathOf(recipe), NameOf(recipe), MetadataOf(recipe), SettingsOf(recipe, modelSettings));

    /// <summary>Names and pins of models, which any recipe may use.</summary>
    public static string SettingsOf(ITaskItem[] inputs, ITaskItem[] upstreamModels)
    {
        var text = new StringBuilder();
        foreach (ITaskItem input in inputs)
            text.Append(input.GetMetadata("Alias")).Append('=').Append(PathOf(input)).Append('#').Append(input.GetMetadata("Sha256")).Append('\n');
        foreach (ITaskItem model in upstreamModels)
            text.Append(model.GetMetadata("ModelName")).Append('=').Append(PathOf(model)).Append('\n');
        return text.ToString();
    }
}
