using MergeEngine.Planning;

namespace MergeEngine;

/// <summary>Adapters that are taken from models: MRG0185-MRG0194.</summary>
public static partial class Errors
{
    public static Diagnostic NotOneModel(SourcePosition position, string method, int count) => Error("MRG0185", position,
        $"'models' names {count} models besides the base; '{method}' makes an adapter of one. Write a recipe for each model.");

    public static Diagnostic BadPattern(SourcePosition position, string pattern, string reason) => Error("MRG0186", position,
        $"'{pattern}' is no pattern that can be used: {reason} Patterns are regular expressions without look-around and back references, found anywhere in a module's name.");

    public static Diagnostic EmbeddingsStayWhole(SourcePosition position, IReadOnlyList<string> modules) => Warning("MRG0187", position,
        $"the model has biases, which are stored with 'lora_bias', and PEFT has no such thing for embeddings: {Few(modules)} is stored whole in spite of 'embed_lora'. To avoid that, exclude the modules with biases.");

    public static Diagnostic MatrixTooLarge(SourcePosition position, string tensor, string shape) => Error("MRG0188", position,
        $"'{tensor}' is a matrix of {shape}, and decompositions take at most 2^31 - 1 elements. Name its module in 'save_modules', or exclude it.");

    public static Diagnostic NothingToExtract(SourcePosition position) => Error("MRG0189", position,
        "'include' and 'exclude' leave no module of the model. Correct the patterns: they are found anywhere in a module's name, such as 'model.layers.0.mlp.up_proj'.");

    public static Diagnostic VocabularyGrew(SourcePosition position, IReadOnlyList<string> tensors) => Warning("MRG0190", position,
        $"the model's vocabulary has another size than the base's: {Few(tensors)} is stored whole. Who uses the adapter has to resize the base's embeddings first.");

    public static Diagnostic NotFactored(PlannedTensor tensor, string reason) => Error("MRG0191", new(tensor.Stored.First().File),
        $"the matrix '{tensor.Name}' minus that of the base cannot be decomposed: {reason}. Repair the checkpoint, or exclude the module.");
}
