using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>Turns the prompts of experts into tokens of the base's tokenizer.</summary>
sealed class PromptEncoder(MoeRecipe recipe, PlanningContext context, OpenModel based, List<Diagnostic> findings)
{
    readonly string model = recipe.Base!.Value.Value.ToString();

    /// <param name="embeddings">A row per token.</param>
    /// <returns>Null after an error: MRG0259.</returns>
    /// <exception cref="UnfitResultException">The base is the result of another recipe, which has no rows to read yet.</exception>
    public PlannedTensor? Gates(IReadOnlyList<MoeExpert> experts, PlannedTensor embeddings)
    {
        if (embeddings.Result is not null) throw new UnfitResultException(recipe, new Dictionary<string, string> { [recipe.Base!.Value.Value.Path] = "single rows of its embeddings are read" });
        if (embeddings is StoredTensor stored) return Encode(experts, stored.Shape[0]) is { } tokens ? new PromptGates(stored, tokens) : null;
        findings.Add(Errors.NoTextEncoder(recipe.GateMode.Position, model, "its embeddings are changed by an adapter, and are read as they are stored. Fold the adapter into the model first."));
        return null;
    }

    IReadOnlyList<GatePrompts>? Encode(IReadOnlyList<MoeExpert> experts, long rows)
    {
        int before = findings.Count;
        try
        {
            using ITextEncoder encoder = context.TextEncoders?.Invoke(based.Directory) ?? throw new InvalidDataException("no tokenizer library is at hand here.");
            GatePrompts[] prompts = [.. experts.Select(expert => new GatePrompts(Encode(expert.Positive, encoder, rows), Encode(expert.Negative, encoder, rows)))];
            return findings.Count == before ? prompts : null;
        }
        catch (InvalidDataException e)
        {
            findings.Add(Errors.NoTextEncoder(recipe.GateMode.Position, model, e.Message));
            return null;
        }
    }

    long[] Encode(IReadOnlyList<Placed<string>> prompts, ITextEncoder encoder, long rows) =>
        [.. prompts.SelectMany(prompt => Checked(prompt, encoder.Encode((encoder.BeginOfText ?? "") + prompt.Value), rows))];

    IReadOnlyList<long> Checked(Placed<string> prompt, IReadOnlyList<long> tokens, long rows)
    {
        long largest = tokens.DefaultIfEmpty(0).Max();
        if (largest >= rows) findings.Add(Errors.TokenWithoutEmbedding(prompt.Position, model, largest, rows));
        return tokens;
    }
}
