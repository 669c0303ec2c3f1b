using MergeEngine.Architectures;

namespace MergeEngine;

/// <summary>config.json and the architecture that it names: MRG0208, MRG0250-0255.</summary>
public static partial class Errors
{
    /// <summary>A model's config.json is missing, cannot be read, or is not a JSON object.</summary>
    static Diagnostic BadConfig(SourcePosition at, string text) => Error("MRG0208", at, OneLine(text));

    public static Diagnostic ConfigMissing(SourcePosition at) =>
        BadConfig(at, "config.json is missing, but every model needs one. Copy it from where the weights come from.");

    public static Diagnostic ConfigUnreadable(SourcePosition at, string reason) =>
        BadConfig(at, $"config.json cannot be read: {reason} Make the file readable.");

    public static Diagnostic ConfigTooLarge(SourcePosition at, long bytes, long most) =>
        BadConfig(at, $"config.json has {bytes} bytes; at most {most} are read. Check that it is the configuration of the model.");

    public static Diagnostic ConfigNotJson(SourcePosition at, string reason) =>
        BadConfig(at, $"config.json is not valid JSON: {reason} Copy it again from where the weights come from.");

    public static Diagnostic ConfigNotAnObject(SourcePosition at) =>
        BadConfig(at, "config.json holds a JSON value that is not an object; expected the configuration of a model in braces.");

    /// <summary>config.json does not name a model class under 'architectures'.</summary>
    public static Diagnostic NoArchitecture(ModelConfig config) => Error("MRG0250", config.Position,
        "'architectures' is not a list with the name of a model class, so the tensors of this model are unknown. Add it, such as \"architectures\": [\"LlamaForCausalLM\"].");

    /// <summary>config.json names more than one model class under 'architectures'.</summary>
    public static Diagnostic SeveralArchitectures(ModelConfig config, IReadOnlyList<string> names) => Error("MRG0251", config.Position,
        $"'architectures' names {names.Count} classes ({OneLine(string.Join(", ", names))}); expected one. Leave the class whose weights the folder holds.");

    /// <summary>The models of a merge are of different architectures, or store one architecture in different layouts.</summary>
    public static Diagnostic ArchitecturesDiffer(ModelOutline model, Architecture? found, ModelOutline first, Architecture? expected) => Error("MRG0252", model.Position,
        $"'{model.Reference}'{KindOf(model, found)} and '{first.Reference}'{KindOf(first, expected)} are of different architectures{Difference(found, expected)}. "
        + "Models of one merge need the same tensors: choose models of one class, stored in one layout; if their tensors do fit, set AllowMixedArchitectures of the MergeRecipe item to true.");

    /// <summary>config.json does not give the number of layers, or gives one that cannot be.</summary>
    public static Diagnostic NoLayerCount(ModelConfig config, IReadOnlyList<string> keys, long? found) => Error("MRG0253", config.Position, found is { } count
        ? $"'{config.FirstInteger(keys)}' is {count}; expected a number of layers from 0 to 100000. Correct config.json."
        : $"config.json has no whole number under {string.Join(" or ", keys.Select(key => $"'{key}'"))}, which gives the number of layers. Add it.");

    /// <summary>config.json does not give a number of tensors, such as the number of experts, or gives one that cannot be.</summary>
    public static Diagnostic NoTensorCount(ModelConfig config, string architecture, string key, long? found) => Error("MRG0254", config.Position, found is { } count
        ? $"'{key}' is {count}; expected a number from 0 to 65536. Correct config.json."
        : $"config.json has no whole number under '{key}', which says how many tensors of a kind a model of architecture '{architecture}' has. Add it.");

    /// <summary>The weights of a model are quantized: codes, which cannot be added without their scales.</summary>
    public static Diagnostic Quantized(ModelOutline model) => Error("MRG0255", model.Config.Position,
        $"'{model.Reference}' is quantized ('quantization_config'), so its weights are codes that cannot be merged. Use the weights in full precision.");

    /// <summary>The class that config.json names and the definition: 'mixtral' and 'mixtral-experts' have one class.</summary>
    static string KindOf(ModelOutline model, Architecture? architecture) =>
        OneLine($" ({string.Join(", ", new[] { model.Config.Architectures?.FirstOrDefault(), architecture?.Name }.OfType<string>())})");

    /// <summary>Of two architectures of one name: the first line that differs.</summary>
    static string Difference(Architecture? found, Architecture? expected)
    {
        if (found is null || expected is null || found.Name != expected.Name) return "";
        string? line = found.ToString().Split('\n').Except(expected.ToString().Split('\n')).FirstOrDefault()
            ?? expected.ToString().Split('\n').Except(found.ToString().Split('\n')).FirstOrDefault();
        return line is null ? "" : $": only one has {Quoted(line)}";
    }
}
