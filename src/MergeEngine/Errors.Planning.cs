using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine;

/// <summary>MRG0150-MRG0199, MRG0201, MRG0202, MRG0301: a recipe against its models.</summary>
public static partial class Errors
{
    public static Diagnostic ResultOfDocument(SourcePosition position, string name) =>
        Error("MRG0150", position, $"'{name}' is the result of another recipe in this file, which is not planned. Plan the recipes of a file in their order, and give the plans to those that use them.");

    /// <summary>A warning, because mergekit ignores the revision of a local folder too.</summary>
    public static Diagnostic RevisionIgnored(SourcePosition position, string path, string revision) =>
        Warning("MRG0151", position, $"the revision '@{revision}' of '{path}' is ignored: it is a folder, which is read as it is.");

    public static Diagnostic ModelNotFound(SourcePosition position, string path, IEnumerable<string> tried, IEnumerable<string> aliases) =>
        Error("MRG0201", position, $"the model '{path}' is not found: there is no folder or weight file {string.Join(" and no ", tried.Select(folder => $"'{folder}'"))}."
            + $" Correct the path; a model of a hub must be downloaded first.{DidYouMean(path, aliases)}");

    public static Diagnostic ResultNotWritten(SourcePosition position, string name, string reason) =>
        Error("MRG0138", position, $"the result of '{name}' cannot be computed inside this merge: {reason}. Merge it first, and give its folder the alias '{name}'.");

    public static Diagnostic ResultWritten(SourcePosition position, string model, string name, string reason) =>
        Message("MRG0139", position, $"'{model}' is written as a model of its own, because here the result of '{name}' cannot be computed inside the merge: {reason}.");

    public static Diagnostic ResultMissing(SourcePosition position, string model) =>
        Error("MRG0167", position, $"another recipe has to read the model '{model}', which is not written. Set WriteIntermediates of this recipe's item to true.");

    public static Diagnostic RecipeCycle(SourcePosition position, string name, string model) =>
        Error("MRG0140", position, $"'{name}' is the model '{model}', which needs the result of this recipe itself; break the circle.");

    public static Diagnostic TensorsDropped(SourcePosition position, ModelReference model, string architecture, IReadOnlyList<string> names) =>
        Error("MRG0152", position, $"'{model}' has {Count(names.Count, "tensor")} that the architecture '{architecture}' does not know, and the merge would lose: {Few(names)}."
            + " To leave them out, as mergekit does without a word, write 'allow_dropped_tensors: true' in the recipe.");

    public static Diagnostic LayersPastEnd(SourcePosition position, ModelReference model, LayerRange layers, int count) =>
        Error("MRG0154", position, $"layers [{layers.Start}, {layers.End}] are wanted of '{model}', which has {count}; the second number may be {count} at most.");

    public static Diagnostic LayerCountsDiffer(Placed<ModelReference> model, int count, ModelReference first, int firstCount) =>
        Error("MRG0155", model.Position, $"'{model.Value}' has {Count(count, "layer")}, but '{first}' has {firstCount}. Models of one merge need the same number; with 'slices' and 'layer_range' choose layers that fit.");

    /// <summary>A warning, because mergekit does so.</summary>
    public static Diagnostic BaseIsOneMoreModel(SourcePosition position, ModelReference model, string method) =>
        Warning("MRG0156", position, $"the base '{model}' is not among the models, and '{method}' takes it as one model more. List it with its own parameters, or remove 'base_model'.");

    /// <summary>A warning: mergekit fails here.</summary>
    public static Diagnostic BaseAddedToSlice(SourcePosition position, ModelReference model) =>
        Warning("MRG0157", position, $"the base '{model}' is not among the sources of this slice, where mergekit fails; it is read as one, with the layers of the first source. Add it as a source to choose others.");

    /// <summary>A warning: mergekit keeps one input with the last layer range and the first parameters.</summary>
    public static Diagnostic ModelTwice(Placed<ModelReference> model, bool isOneInput) =>
        Warning("MRG0158", model.Position, $"'{model.Value}' is named more than once here"
            + (isOneInput ? "; it counts once, with the parameters of its first entry. Remove one entry, or spell its path in another way for two inputs." : " with different layers; each is an input of its own. To have the last one only, as mergekit does, remove the others."));

    public static Diagnostic NumberOfModels(SourcePosition position, MethodSpec method, int count) =>
        Error("MRG0159", position, $"the method '{method.Id}' takes {Wanted(method)}{(method.NeedsBase ? " besides the base" : "")}; {count} found here. Add or remove models, or choose another method.");

    public static Diagnostic SlicesOfSeveralModules(SourcePosition position, IEnumerable<string> modules) =>
        Error("MRG0160", position, $"this architecture has several modules ({string.Join(", ", modules)}), so 'slices' alone do not say which; write them under 'modules' and the module's name.");

    public static Diagnostic UnknownModule(SourcePosition position, string found, IEnumerable<string> known) =>
        Error("MRG0161", position, $"the architecture has no module '{found}'; it has {string.Join(", ", known)}.{DidYouMean(found, known)}");

    public static Diagnostic ModuleLeftOut(SourcePosition position, string module) =>
        Error("MRG0162", position, $"'modules' does not name the module '{module}', so the output would lack its tensors. Add it; if it is to be left out, write '{module}: null'.");

    /// <summary>A warning: mergekit loses the inputs that the first slice has not.</summary>
    public static Diagnostic MoreSourcesAtTheEnd(SourcePosition position, int first, int last) =>
        Warning("MRG0163", position, $"this last slice has {last} sources and the first one {first}; the tensors after the layers are merged from all {last}, where mergekit takes {first} and says nothing. To leave a source out of them, give it the weight 0 there: a condition with the filter 'norm' or 'lm_head'.");

    public static Diagnostic ParameterMissing(SourcePosition position, string parameter, string method, string? model, bool filtered, IReadOnlyList<string> tensors) =>
        Error("MRG0164", position, $"the method '{method}' needs '{parameter}'{(model is null ? "" : $" for '{model}'")}, and no level of the recipe gives it for '{tensors[0]}'{(tensors.Count == 1 ? "" : $" and {Count(tensors.Count - 1, "more tensor")}")}."
            + $" Add it to the 'parameters' of {(model is null ? "the recipe or of the slice" : "this model, or of the recipe for all models")}{(filtered ? "; its conditions need a last one without 'filter'" : "")}.");

    /// <summary>A warning, as in mergekit.</summary>
    public static Diagnostic TooFewStoreIt(SourcePosition position, MethodSpec method, IReadOnlyList<string> names) =>
        Warning("MRG0165", position, $"fewer models store {Few(names)} than '{method.Id}' needs ({Wanted(method)}); the output does not have {(names.Count == 1 ? "it" : "them")}.");

    /// <summary>A warning, because mergekit does so, but without changing vocab_size in config.json.</summary>
    public static Diagnostic VocabularyCropped(SourcePosition position, IReadOnlyList<string> tensors, long rows) =>
        Warning("MRG0166", position, $"vocabularies differ in size: the first {rows} rows are merged, and the rest is left out of {string.Join(", ", tensors.Take(5))}{More(tensors.Count)}."
            + " Token ids must mean the same in all models; 'vocab_size' is set to the number of rows. To keep all tokens, write 'tokenizer_source: union', or 'base' for those of the base.");

    public static Diagnostic TensorsMissing(Placed<ModelReference> model, IReadOnlyList<string> names) => DoesNotFit(model.Position,
        $"'{model.Value}' lacks {Count(names.Count, "tensor")} that the merge needs: {Few(names)}. Use a complete checkpoint of the same architecture.");

    public static Diagnostic ShapesDiffer(Placed<ModelReference> model, IReadOnlyList<string> texts) => DoesNotFit(model.Position,
        $"'{model.Value}' has {Count(texts.Count, "tensor")} of another shape: {string.Join(", ", texts.Take(5))}{More(texts.Count)}. Models of one merge need equal shapes.");

    public static Diagnostic KindsDiffer(Placed<ModelReference> model, IReadOnlyList<string> texts) => DoesNotFit(model.Position,
        $"'{model.Value}' has {Count(texts.Count, "tensor")} of another kind: {string.Join(", ", texts.Take(5))}{More(texts.Count)}. Floating-point tensors do not merge with integers.");

    public static Diagnostic WeightsSumToZero(SourcePosition position, string normalize, IReadOnlyList<string> names) =>
        Error("MRG0301", position, $"the weights sum to zero for {Few(names)}, and the average divides by that sum. Change a weight, or write '{normalize}: false' under 'parameters' for the plain sum.");

    /// <summary>A trim that keeps no element; mergekit stops with an assertion when it comes to the tensor.</summary>
    public static Diagnostic KeepsNothing(SourcePosition position, double density, IReadOnlyList<string> names) =>
        Error("MRG0170", position, $"the density {Number(density)} keeps no element of {Few(names)}: density times the number of elements must be 1 at least."
            + " Raise it; with a list of 'filter' and 'value' small tensors can have their own.");

    /// <summary>DELLA's probabilities reach 0 or 1.</summary>
    public static Diagnostic DensityWithEpsilon(SourcePosition position, double density, IReadOnlyList<string> names) =>
        Error("MRG0171", position, $"the density {Number(density)} is no farther than 'epsilon' from 0 or 1, for {Few(names)}: density - epsilon must be above 0 and density + epsilon below 1."
            + " Lower 'epsilon' (0.15 unless given), or move the density; 1 keeps everything.");

    /// <summary>A warning: mergekit erases the task vectors of such tensors.</summary>
    public static Diagnostic NoOutliers(SourcePosition position, double gamma, IReadOnlyList<string> names) =>
        Warning("MRG0172", position, $"the gamma {Number(gamma)} drops no element of {Few(names)}, so only the smallest are dropped there; mergekit erases the whole task vector."
            + " To do as mergekit, write 'without_outliers: erase' under 'parameters'.");

    /// <summary>mergekit fails when it comes to the first tensor.</summary>
    public static Diagnostic DtypesDiffer(Placed<ModelReference> model, string method, IReadOnlyList<string> texts) =>
        Error("MRG0173", model.Position, $"'{method}' takes models of one dtype, but '{model.Value}' has {Count(texts.Count, "tensor")} of another: {string.Join(", ", texts.Take(5))}{More(texts.Count)}."
            + " Write 'dtype: float32', or the dtype that the result shall have.");

    /// <summary>A model's tensors do not fit those of the others: shape, kind of element, or missing.</summary>
    static Diagnostic DoesNotFit(SourcePosition position, string text) => Error("MRG0202", position, text);

    static string More(int count) => count > 5 ? $" and {count - 5} more" : "";

    static string Wanted(MethodSpec method) => (method.MinModels, method.MaxModels) switch
    {
        (var least, int.MaxValue) => $"{Count(least, "model")} or more",
        var (least, most) when least == most => $"exactly {Count(least, "model")}",
        var (least, most) => $"{least} to {most} models",
    };
}
