using MergeCache;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace MergeTasks;

/// <summary>Lists the models of a project and their files as the last builds left them; starts nothing.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadMergedModels : Microsoft.Build.Utilities.Task
{
    [Required]
    public ITaskItem[] Recipes { get; set; } = [];

    [Required]
    public string StateDirectory { get; set; } = "";

    [Required]
    public string OutputDirectory { get; set; } = "";

    public string Project { get; set; } = "";

    /// <summary>Folders of the models, with ModelName, Digest, ActionKey, ManifestPath, Recipe and SourceProject. A model that was never made has no digest.</summary>
    [Output]
    public ITaskItem[] Models { get; set; } = [];

    /// <summary>Files of the models, with their RelativePath below the output directory.</summary>
    [Output]
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>Files that hold the state of the recipes.</summary>
    [Output]
    public ITaskItem[] StateFiles { get; set; } = [];

    public override bool Execute()
    {
        List<ITaskItem> models = [], files = [], stateFiles = [];
        foreach (ITaskItem recipe in Recipes)
        {
            RecipeState? state = RecipeItem.StateOf(recipe, StateDirectory);
            foreach (ModelState model in state?.Models ?? [ModelState.NeverMade(RecipeItem.NameOf(recipe))])
            {
                models.Add(ItemFor(model, recipe));
                foreach (TrackedPath output in model.Outputs) files.Add(FileItem(Path.Combine(model.Name, output.Path)));
                if (model.Key.Length > 0) stateFiles.Add(new TaskItem(ModelState.KeyTextFile(StateDirectory, model.Name)));
            }
            if (state is not null) stateFiles.Add(new TaskItem(RecipeState.FileFor(StateDirectory, RecipeItem.NameOf(recipe))));
        }
        (Models, Files, StateFiles) = ([.. models], [.. files], [.. stateFiles]);
        return true;
    }

    TaskItem ItemFor(ModelState model, ITaskItem recipe)
    {
        string folder = Path.Combine(OutputDirectory, model.Name);
        var item = new TaskItem(folder);
        item.SetMetadata("ModelName", model.Name);
        item.SetMetadata("Digest", model.Digest);
        item.SetMetadata("ActionKey", model.Key);
        item.SetMetadata("ManifestPath", Path.Combine(folder, "merge-manifest.json"));
        item.SetMetadata("Recipe", RecipeItem.PathOf(recipe));
        item.SetMetadata("SourceProject", Project);
        return item;
    }

    TaskItem FileItem(string relativePath)
    {
        var item = new TaskItem(Path.Combine(OutputDirectory, relativePath));
        item.SetMetadata("RelativePath", relativePath);
        return item;
    }
}
