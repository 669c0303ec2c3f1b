using MergeEngine.Checkpoints;

namespace MergeEngine;

/// <summary>Adapters: MRG0280-MRG0299.</summary>
public static partial class Errors
{
    public static Diagnostic TooManyAdapters(SourcePosition position, int found, int most) =>
        Error("MRG0280", position, $"{found} adapters are to be folded into one model; at most {most} are. Fold some of them first.");

    /// <param name="base">The model that the adapter was trained on, as its trainer named it; empty: not known.</param>
    public static Diagnostic AdapterIsNoModel(SourcePosition position, string path, string @base) => Error("MRG0281", position,
        $"'{path}' is an adapter, not a model. Name the model that it changes too: '{(@base == "" ? "MODEL" : OneLine(@base))}+{path}'.");

    public static Diagnostic NoAdapter(string directory, bool isModel) => Error("MRG0282", new(directory), isModel
        ? "the folder holds a model, not an adapter: it has config.json and no adapter_config.json. After '+' name the folder that training an adapter wrote."
        : "the folder holds no adapter: there is no adapter_config.json. Name the folder that training an adapter wrote.");

    public static Diagnostic NoAdapterWeights(string directory) => Error("MRG0283", new(directory),
        "the adapter has no weights: expected adapter_model.safetensors or adapter_model.bin. Copy it there, or download the adapter again.");

    public static Diagnostic BadAdapterConfig(SourcePosition at, string what) =>
        Error("MRG0284", at, $"the adapter's configuration cannot be used: {what} Copy it again from where the adapter comes from.");

    public static Diagnostic AdapterKind(SourcePosition at, string? kind) => Error("MRG0285", at, kind is null
        ? "'peft_type' does not say what kind of adapter this is; expected LORA."
        : $"the adapter is of the kind {Quoted(kind)}; only LORA (with its variants rsLoRA and DoRA) can be folded into a model. Merge it with the library that trained it, and name the result.");

    public static Diagnostic AdapterVariant(SourcePosition at, string key) => Error("MRG0286", at,
        $"{Quoted(key)} is set: a variant of LoRA that is not folded, because its updates are no product of two factors. Merge the adapter with the library that trained it, and name the result.");

    public static Diagnostic BadPattern(SourcePosition at, string key, string pattern, string reason) => Error("MRG0287", at,
        $"the key {Quoted(pattern)} of '{key}' is no expression that is understood: {reason}. Correct it; names of modules serve too.");

    public static Diagnostic PatternTooSlow(SourcePosition at, string module) => Error("MRG0287", at,
        $"a key of 'rank_pattern' or 'alpha_pattern' takes too long to compare with {Quoted(module)}. Simplify the expression; names of modules serve too.");

    /// <summary>A warning: notes of a trainer are harmless, and what is not known cannot be told from them.</summary>
    public static Diagnostic UnknownAdapterKeys(SourcePosition at, IReadOnlyList<string> keys) => Warning("MRG0288", at,
        $"{Few(keys)} {(keys.Count == 1 ? "is a key" : "are keys")} of the adapter's configuration that {(keys.Count == 1 ? "is" : "are")} not known and not used. If the update depends on {(keys.Count == 1 ? "it" : "them")}, the result is not the trained one.");

    public static Diagnostic BaseIsMutated(SourcePosition position, string adapter, string initialisation) => Error("MRG0289", position,
        $"the adapter '{adapter}' was initialised with '{OneLine(initialisation)}', which changed the model that it was trained on, so it does not fit the original. Convert it with the library that trained it"
        + $" (path_initial_model_for_weight_conversion); or, if the model named here is the changed one, write {{path: {adapter}, base_is_mutated: true}}.");

    public static Diagnostic WeightOfMagnitudes(SourcePosition position, string adapter) => Error("MRG0290", position,
        $"the adapter '{adapter}' is a DoRA, which replaces lengths of weights and cannot be weighted. Remove its 'weight'; to weaken it, merge the adapted model with the plain one.");

    public static Diagnostic AdapterTensorsUnknown(SourcePosition file, IReadOnlyList<string> names) => Error("MRG0291", file,
        $"{Count(names.Count, "tensor")} of the adapter {(names.Count == 1 ? "has a name" : "have names")} that LoRA does not use: {Few(names)}. Expected names such as base_model.model.MODULE.lora_A.weight; was the file written by another kind of trainer?");

    public static Diagnostic AdapterTensorsUnplaced(SourcePosition file, string model, IReadOnlyList<string> texts) => Error("MRG0292", file,
        $"'{model}' has no place for {Count(texts.Count, "tensor")} of the adapter: {Some(texts)}. Name the model that the adapter was trained on.");

    public static Diagnostic AdapterIncomplete(SourcePosition file, IReadOnlyList<string> texts) => Error("MRG0293", file,
        $"tensors and configuration of the adapter do not belong together: {Some(texts)}. Save or download the adapter again.");

    public static Diagnostic AdapterUnfit(SourcePosition file, string model, IReadOnlyList<string> texts) => Error("MRG0294", file,
        $"{Count(texts.Count, "tensor")} of the adapter {(texts.Count == 1 ? "does" : "do")} not fit '{model}': {Some(texts)}. Name the model that the adapter was trained on.");

    /// <summary>A warning: the trainer of the adapter knows what the new tokens are, the model's tokenizer does not.</summary>
    public static Diagnostic VocabularyResized(SourcePosition position, string model, long before, long after) => Warning("MRG0295", position,
        $"the adapter of '{model}' gives it {after} rows in the vocabulary instead of {before}; 'vocab_size' follows. Tokenizer files are those of the model without the adapter: if the adapter's folder has its own, copy them.");

    public static Diagnostic VocabularyHalfResized(SourcePosition position, string model, IReadOnlyList<string> texts) => Error("MRG0296", position,
        $"the adapter of '{model}' resizes some of the tensors with one row for each token, and not the others: {Some(texts)}. Train or save it with all of them in modules_to_save.");

    public static Diagnostic NoLength(TensorInfo lengths, string tensor, string line, int index) => Error("MRG0297", new(lengths.File),
        $"{Quoted(lengths.Name)} gives a length to {line} {index} of {Quoted(tensor)}, which is zero and has no direction. Check that the model is the one that the adapter was trained on.");

    static string Some(IReadOnlyList<string> texts) => string.Join(", ", texts.Take(5).Select(OneLine)) + More(texts.Count);
}
