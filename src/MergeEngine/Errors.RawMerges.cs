using MergeEngine.Recipes;

namespace MergeEngine;

/// <summary>Merges of weight files without an architecture: MRG0180-0184.</summary>
public static partial class Errors
{
    /// <summary>Some models of a recipe are weight files, others are folders.</summary>
    public static Diagnostic FilesAndFolders(Placed<ModelReference> folder, ModelReference file) => Error("MRG0180", folder.Position,
        $"'{folder.Value}' is a model, but '{file}' is a weight file; expected one kind. Name the weight file of each, for a merge by tensor names, or the folder of each.");

    /// <summary>A recipe of weight files says something about the models' architecture.</summary>
    /// <param name="position">Where it says so.</param>
    /// <param name="what">The key, such as <c>slices</c>.</param>
    public static Diagnostic FilesHaveNoArchitecture(SourcePosition position, string what) => Error("MRG0181", position,
        $"'{what}' needs an architecture, but the models are weight files, which are merged by tensor names; expected 'models'. Leave it out, or name the models' folders.");

    /// <summary>Weight files of a merge do not have the same tensors.</summary>
    public static Diagnostic FilesLackTensors(Placed<ModelReference> model, IReadOnlyList<string> names) => Error("MRG0182", model.Position,
        $"'{model.Value}' lacks {Count(names.Count, "tensor")} that another file has: {Few(names)}. Write 'tensors: intersection' to leave them out, or 'tensors: union' to merge them from the files that have them.");

    /// <summary>A tensor's name cannot be written, or would be taken for a pattern.</summary>
    public static Diagnostic NamesNotPossible(Placed<ModelReference> model, IReadOnlyList<string> names) => Error("MRG0183", model.Position,
        $"'{model.Value}' has {Count(names.Count, "tensor")} with a name that cannot be used here: {Few(names)}; expected names without '{{layer}}' and not '__metadata__'. Rename them.");

    /// <summary>A recipe of folders says which tensors of weight files are merged.</summary>
    public static Diagnostic TensorsOnlyOfFiles(SourcePosition position) => Warning("MRG0184", position,
        "'tensors' has no effect: it is for models that are weight files; of folders, the architecture says which tensors there are. Leave it out.");
}
