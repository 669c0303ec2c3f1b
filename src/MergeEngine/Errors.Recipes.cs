using System.Globalization;
using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine;

/// <summary>MRG0101-MRG0149: the text of a recipe.</summary>
public static partial class Errors
{
    public static Diagnostic UnknownMethod(SourcePosition position, string found, IEnumerable<string> known) =>
        Error("MRG0101", position, $"there is no merge method '{found}'; the methods are {string.Join(", ", known)}.{DidYouMean(found, known)}");

    /// <summary>A warning, because mergekit ignores such keys and recipes in use have them.</summary>
    public static Diagnostic UnknownKey(SourcePosition position, string found, string where, IEnumerable<string> known, bool isParameter) =>
        Warning("MRG0102", position, $"the key '{found}' in {where} is not known and is ignored."
            + (isParameter ? " It is a parameter of the method: write it under 'parameters'."
                : found == "layer_range" ? " Layers are chosen under 'slices'; 'models' are merged whole." : DidYouMean(found, known)));

    /// <summary>A value is of another type than its key takes.</summary>
    public static Diagnostic WrongType(SourcePosition position, string what, string found, string expected) =>
        Error("MRG0103", position, $"{what} is {found}, which does not fit there; expected {expected}.");

    /// <param name="how">What to write, or what else to do; null: nothing beyond the key's name.</param>
    public static Diagnostic MissingKey(SourcePosition position, string key, string where, string? how = null) =>
        Error("MRG0104", position, $"{where} has no '{key}'; add it{(how is null ? "" : $", {how}")}.");

    /// <summary>A warning, because mergekit ignores such parameters.</summary>
    public static Diagnostic UnknownParameter(SourcePosition position, string found, MethodSpec method)
    {
        string[] known = [.. method.Parameters.Select(parameter => parameter.Name)];
        string names = known.Length == 0 ? "none" : string.Join(", ", known);
        return Warning("MRG0105", position, $"'{found}' is not a parameter of '{method.Id}' and is ignored; its parameters: {names}.{DidYouMean(found, known)}");
    }

    /// <summary>A parameter has a value outside its range, or one that is no whole number or no switch.</summary>
    public static Diagnostic ValueNotAccepted(SourcePosition position, Parameter parameter, double found) =>
        Error("MRG0106", position, $"the parameter '{parameter.Name}' is {Number(found)}; expected {parameter.Accepted}.");

    public static Diagnostic NotExactlyOne(SourcePosition position, string where, string keys, int count) =>
        Error("MRG0108", position, $"{where} has {(count == 0 ? "none" : count.ToString(CultureInfo.InvariantCulture))} of {keys} with something in it; exactly one is expected. {(count == 0 ? "Add one." : "Keep one.")}");

    public static Diagnostic UnknownDtype(SourcePosition position, string key, string found) =>
        Error("MRG0109", position, $"'{key}' is '{found}'; expected {string.Join(", ", DtypeNames.Accepted)}."
            + (DtypeNames.Suggest(found) is { } name ? $" Did you mean '{name}'?" : ""));

    public static Diagnostic NotYaml(SourcePosition position, string reason) =>
        Error("MRG0110", position, $"this is not YAML: {reason.ReplaceLineEndings(" ").TrimEnd('.')}.");

    public static Diagnostic DuplicateKey(SourcePosition position, string key, SourcePosition first) =>
        Error("MRG0111", position, $"the key '{key}' was given before, in line {first.Line}; remove one of the two (mergekit silently takes the last).");

    public static Diagnostic RecipeTooLarge(SourcePosition position, long bytes, int most) =>
        Error("MRG0112", position, $"the file has {bytes} bytes; a recipe may have {most}. Is this a recipe?");

    public static Diagnostic TooManyNodes(SourcePosition position, int most) =>
        Error("MRG0113", position, $"the file has more than {most} values, with every alias written out; make it smaller.");

    public static Diagnostic NestedTooDeeply(SourcePosition position, int deepest) =>
        Error("MRG0114", position, $"lists and maps are nested more than {deepest} deep; a recipe needs about 8.");

    public static Diagnostic UnknownAnchor(SourcePosition position, string alias, IEnumerable<string> known) =>
        Error("MRG0115", position, $"'*{alias}' stands for nothing: no finished value before it has the anchor '&{alias}'.{DidYouMean(alias, known)}");

    public static Diagnostic BadMergeKey(SourcePosition position, string found) =>
        Error("MRG0116", position, $"the merge key '<<' has {found}; expected a map or a list of maps, usually an alias such as *common.");

    public static Diagnostic KeyIsNotText(SourcePosition position, string found) =>
        Error("MRG0117", position, $"a key is {found}; expected text. Put text with braces or brackets in quotes.");

    public static Diagnostic UnsupportedTag(SourcePosition position, string tag) =>
        Error("MRG0118", position, $"the tag '{tag}' is not read; remove it.");

    public static Diagnostic RecipeNotReadable(SourcePosition position, string reason) =>
        Error("MRG0119", position, $"the recipe cannot be read: {reason}");

    public static Diagnostic EmptyDocument(SourcePosition position) =>
        Error("MRG0120", position, "there is no recipe here; expected at least 'merge_method' and 'models'. If a last '---' ends the file, remove it.");

    public static Diagnostic BadReference(SourcePosition position, string found) =>
        Error("MRG0121", position, $"'{found}' names no model; expected PATH[@REVISION][+ADAPTER[@REVISION]], with at most one '+' and one '@' in a part."
            + " For a folder with such characters write {model: {path: ...}}.");


    public static Diagnostic BothTokenizerForms(SourcePosition position) =>
        Error("MRG0124", position, "'tokenizer' and 'tokenizer_source' are both given; keep one.");

    public static Diagnostic BadChatTemplate(SourcePosition position, string found, IEnumerable<string> known) =>
        Error("MRG0125", position, $"'{found}' is no chat template; expected {string.Join(", ", known)}, or the template itself (20 characters or more, with a brace).{DidYouMean(found, known)}");

    public static Diagnostic EmptyLayerRange(SourcePosition position, int start, int end) =>
        Error("MRG0126", position, $"'layer_range' is [{start}, {end}], which holds no layers; expected [first, end] with 0 <= first < end.");

    public static Diagnostic SliceLengths(SourcePosition position, ModelReference model, LayerRange found, LayerRange first) =>
        Error("MRG0127", position, $"'{model}' gives {found.Count} layers to the slice, its first source {first.Count}; all must give the same number. Correct one 'layer_range'.");

    public static Diagnostic ConditionOutsideList(SourcePosition position, string name) =>
        Error("MRG0128", position, $"'{name}' is a map; expected a number or a list. Write a condition as an item of a list: [{{filter: ..., value: ...}}, {{value: ...}}].");

    public static Diagnostic EmptyList(SourcePosition position, string name) =>
        Error("MRG0129", position, $"'{name}' is an empty list; expected at least one value, such as [0, 1], or a plain number.");

    public static Diagnostic MixedList(SourcePosition position, string name) =>
        Error("MRG0130", position, $"'{name}' mixes numbers and conditions; write either [0.2, 0.8] or [{{filter: mlp, value: 0.2}}, {{value: 0.8}}].");

    public static Diagnostic NotFinite(SourcePosition position, string name, string found) =>
        Error("MRG0131", position, $"'{name}' is {found}; expected a finite number.");

    /// <summary>A warning, because mergekit ignores it there; a required parameter then is an error of the planner.</summary>
    public static Diagnostic ParameterOfMethodAtModel(SourcePosition position, string name, MethodSpec method) =>
        Warning("MRG0132", position, $"'{name}' is a parameter of the whole method '{method.Id}' and has no effect at one model; move it to the 'parameters' of the recipe or of a slice.");

    public static Diagnostic MissingBase(SourcePosition position, string method) =>
        Error("MRG0133", position, $"the method '{method}' needs a base; add 'base_model' with the model that the others were fine-tuned from.");

    public static Diagnostic BadDocumentName(SourcePosition position, string found) =>
        Error("MRG0134", position, $"the document's name '{found}' cannot be the name of a folder; use letters, digits, '-', '_' and '.'.");

    public static Diagnostic SecondUnnamedDocument(SourcePosition position) =>
        Error("MRG0135", position, "this is the file's second recipe without 'name'; only one can be the file's result. Give the others a 'name', or a file of their own.");

    public static Diagnostic DocumentNameTwice(SourcePosition position, string name) =>
        Error("MRG0136", position, $"another recipe of this file is named '{name}' too; rename one.");

    public static Diagnostic TooManyDocuments(SourcePosition position, int found, int most) =>
        Error("MRG0153", position, $"the file has {found} recipes; {most} may be in one file. Give some of them a file of their own.");

    public static Diagnostic DocumentCycle(SourcePosition position, IReadOnlyList<string> names) =>
        Error("MRG0137", position, $"these recipes of the file need each other's results: {string.Join(", ", names)}; break the circle: let one of them use a model that is there.");

    static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
