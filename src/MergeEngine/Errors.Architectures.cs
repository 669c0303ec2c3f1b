using MergeEngine.Architectures;

namespace MergeEngine;

/// <summary>config.json and the architecture that it names: MRG0208, MRG0250-0254.</summary>
public static partial class Errors
{
    public static Diagnostic NoConfig(SourcePosition at) =>
        Error("MRG0208", at, "config.json is missing, but every model needs one. Copy it from where the weights come from.");

    public static Diagnostic ConfigUnreadable(SourcePosition at, string reason) =>
        Error("MRG0208", at, $"config.json cannot be read: {reason} Make the file readable.");

    public static Diagnostic ConfigTooLarge(SourcePosition at, long bytes, long most) =>
        Error("MRG0208", at, $"config.json has {bytes} bytes; at most {most} are read. Check that it is the configuration of the model.");

    public static Diagnostic ConfigNotJson(SourcePosition at, string reason) =>
        Error("MRG0208", at, $"config.json is not valid JSON: {OneLine(reason)} Copy it again from where the weights come from.");

    public static Diagnostic ConfigNotAnObject(SourcePosition at) =>
        Error("MRG0208", at, "config.json holds a JSON value that is not an object; expected the configuration of a model in braces.");

    public static Diagnostic NoArchitecture(ModelConfig config) => Error("MRG0250", config.Position,
        "'architectures' is not a list with the name of a model class, so the tensors of this model are unknown. Add it, such as \"architectures\": [\"LlamaForCausalLM\"].");

    public static Diagnostic SeveralArchitectures(ModelConfig config, IReadOnlyList<string> names) => Error("MRG0251", config.Position,
        $"'architectures' names {names.Count} classes ({string.Join(", ", names)}); expected one. Leave the class whose weights the folder holds.");

    public static Diagnostic ArchitecturesDiffer(ModelOutline model, Architecture found, ModelOutline first, Architecture expected) => Error("MRG0252", model.Position,
        $"'{model.Reference}' is a {found.Name}{ClassOf(model)}, but '{first.Reference}' is a {expected.Name}{ClassOf(first)}{Difference(found, expected)}. "
        + "Models of one merge need the same tensors: choose models of one architecture, stored in one layout.");

    public static Diagnostic ClassesDiffer(ModelOutline model, ModelOutline first) => Error("MRG0252", model.Position,
        $"'{model.Reference}'{ClassOf(model)} and '{first.Reference}'{ClassOf(first)} are of different classes. Models of one merge need the same tensors: choose models of one architecture.");

    public static Diagnostic NoLayerCount(ModelConfig config, IReadOnlyList<string> keys, long? found) => Error("MRG0253", config.Position, found is { } count
        ? $"'{keys[0]}' is {count}; expected a number of layers from 0 to 100000. Correct config.json."
        : $"config.json has no whole number under {string.Join(" or ", keys.Select(key => $"'{key}'"))}, which gives the number of layers. Add it.");

    public static Diagnostic NoTensorCount(ModelConfig config, string architecture, string key, long? found) => Error("MRG0254", config.Position, found is { } count
        ? $"'{key}' is {count}; expected a number from 0 to 65536. Correct config.json."
        : $"config.json has no whole number under '{key}', which says how many tensors of a kind a model of architecture '{architecture}' has. Add it.");

    static string ClassOf(ModelOutline model) => model.Config.Architectures is [string name] ? $" ({name})" : "";

    /// <summary>Of two architectures of one name: the first line that differs.</summary>
    static string Difference(Architecture found, Architecture expected)
    {
        if (found.Name != expected.Name) return "";
        string? line = found.ToString().Split('\n').Except(expected.ToString().Split('\n')).FirstOrDefault()
            ?? expected.ToString().Split('\n').Except(found.ToString().Split('\n')).FirstOrDefault();
        return line is null ? "" : $" and they differ in '{line}'";
    }

    static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
