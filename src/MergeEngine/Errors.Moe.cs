using MergeEngine.Recipes;

namespace MergeEngine;

/// <summary>Mixture-of-experts recipes: MRG0144-0149, MRG0259.</summary>
public static partial class Errors
{
    /// <summary>A gate mode that does not exist, or one that needs a forward pass of the base.</summary>
    static Diagnostic BadGateMode(SourcePosition position, string text) => Error("MRG0144", position, text);

    public static Diagnostic UnknownGateMode(SourcePosition position, string found, IReadOnlyCollection<string> accepted) =>
        BadGateMode(position, $"there is no gate mode '{found}'; expected {string.Join(", ", accepted)}.{DidYouMean(found, accepted)}");

    public static Diagnostic GateModeNotAvailable(SourcePosition position, string found, bool isDefault, IEnumerable<string> accepted) =>
        BadGateMode(position, $"the gate mode '{found}'{(isDefault ? ", which holds where 'gate_mode' is not given," : "")} runs the base on the prompts, which comes in a later version."
            + $" Those that work without: {string.Join(", ", accepted)}.");

    /// <summary>No kind of mixture-of-experts model has the asked name, or none can be built of these models.</summary>
    static Diagnostic NoMoeArchitecture(SourcePosition position, string text) => Error("MRG0145", position, text);

    public static Diagnostic UnknownMoeArchitecture(SourcePosition position, string found, IEnumerable<string> known) =>
        NoMoeArchitecture(position, $"no mixture-of-experts architecture has a name that starts with '{found}'; there are {string.Join(", ", known)}.{DidYouMean(found, known)}");

    public static Diagnostic MoeArchitecturesRefuse(SourcePosition position, IEnumerable<string> reasons) =>
        NoMoeArchitecture(position, $"no mixture-of-experts architecture can hold these models: {string.Join("; ", reasons)}.");

    public static Diagnostic ExpertsPerToken(SourcePosition position, int found, int experts, bool isDefault) => Error("MRG0146", position, isDefault
        ? $"each token goes to {found} experts where 'experts_per_token' is not given, and there is {experts}. Add experts, or write 'experts_per_token: {experts}'."
        : $"'experts_per_token' is {found}; expected a number from 1 to {experts}, the number of experts.");

    /// <summary>Prompts are missing, or the same for all experts, so that a router cannot be made of them.</summary>
    static Diagnostic BadPrompts(SourcePosition position, string text) => Error("MRG0147", position, text);

    public static Diagnostic NoPrompts(SourcePosition position, ModelReference model) =>
        BadPrompts(position, $"the expert '{model}' has no 'positive_prompts'; add texts that it is good at, or choose a gate mode that needs none: random, uniform_random.");

    public static Diagnostic PromptsAllSame(SourcePosition position) =>
        BadPrompts(position, "all experts have the same prompts, so the router could not tell them apart. Give each expert prompts of its own.");

    public static Diagnostic SomeSharedPrompts(SourcePosition position) =>
        BadPrompts(position, "some shared experts have 'positive_prompts' and some have none; give them to all or to none.");

    public static Diagnostic ExpertsAllSame(SourcePosition position, ModelReference model) =>
        Error("MRG0148", position, $"all experts are '{model}': the result is larger and says the same. To train it afterwards, write 'allow_all_same: true' or take the gate mode 'random'.");

    public static Diagnostic NotAPowerOfTwo(SourcePosition position, int experts) =>
        Warning("MRG0149", position, $"there are {experts} experts, which is no power of two; llama.cpp and others may not run the result.");

    /// <summary>The tokens of prompts cannot be found out.</summary>
    static Diagnostic PromptsNotEncoded(SourcePosition position, string text) => Error("MRG0259", position, text);

    public static Diagnostic NoTextEncoder(SourcePosition position, string model, string reason) =>
        PromptsNotEncoded(position, $"the prompts cannot be turned into tokens of '{model}': {OneLine(reason)} Repair its tokenizer.json, or choose a gate mode that needs none: random, uniform_random.");

    public static Diagnostic TokenWithoutEmbedding(SourcePosition position, string model, long token, long rows) =>
        PromptsNotEncoded(position, $"this prompt has the token {token} of the tokenizer of '{model}', whose embeddings have {rows} rows. Tokenizer and weights do not belong together: copy both again.");
}
