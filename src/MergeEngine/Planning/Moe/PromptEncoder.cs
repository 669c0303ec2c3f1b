using MergeEngine.Recipes;

namespace MergeEngine.Planning.Moe;

/// <summary>Turns the prompts of experts into tokens of the base's tokenizer.</summary>
sealed class PromptEncoder(MoeRecipe recipe, PlanningContext context, OpenModel based, List<Diagnostic> findings)
{
    readonly string model = recipe.Base!.Value.Value.ToString();

    /// <param name="rows">Rows of the embeddings.</param>
    /// <returns>An entry per expert; null after an error: MRG0259.</returns>
    public IReadOnlyList<GatePrompts>? Encode(IReadOnlyList<MoeExpert> experts, long rows)
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
