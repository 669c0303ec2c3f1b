using FsCheck.Xunit;
using MergeEngine.Planning;
using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Tests.Planning;

/// <summary>Where each model's row of each token comes from: section 2.10 of the compatibility specification, rules 2 to 5.</summary>
public class RowsOfTokens
{
    static readonly SourcePosition Here = new("r.yml", 3, 1);

    /// <summary>base: x y. m1: y z. m2: z y w. All together: x y z w, and two rows of padding.</summary>
    [Fact]
    public void AreThoseOfTheExampleByHand()
    {
        var rows = new TokenRows(Plan(6, [], ["x", "y"], ["y", "z"], ["z", "y", "w"]), Models(3), baseAt: 0);
        RowOrigin padding = RowOrigin.Padding;
        Assert.Equal([new(0, 0), new(0, 1), RowOrigin.Mean(0), new(2, 2), padding, padding], rows.Maps[0].Rows);
        Assert.Equal([new(0, 0), new(1, 0), new(1, 1), new(2, 2), padding, padding], rows.Maps[1].Rows);
        Assert.Equal([new(0, 0), new(2, 1), new(2, 0), new(2, 2), padding, padding], rows.Maps[2].Rows);
        Assert.Equal([[new(1, 1), new(2, 0)]], rows.Means);
        Assert.Equal([0, 2, 3], Enumerable.Range(0, 4).Where(id => rows.Takers(id).Any()));
    }

    /// <summary>Two models have x, and one of them is the base.</summary>
    [Fact]
    public void ComeFromTheBaseBeforeAMean()
    {
        TokenizerPlan plan = Plan(1, [], ["x"], ["x"], ["y"]);
        Assert.Equal(new RowOrigin(0, 0), new TokenRows(plan, Models(3), baseAt: 0).Maps[2].Rows[0]);
        Assert.True(new TokenRows(plan, Models(3), baseAt: -1).Maps[2].Rows[0].IsMean);
    }

    [Fact]
    public void ComeFromWhatTheRecipeSays()
    {
        TokenSource other = new(Here, new ModelReference("m1"), Token: "y"), byId = new(Here, new ModelReference("m1"), Id: 1), zero = new(Here, null);
        TokenizerPlan plan = Plan(1, [Token("x", other, force: true), Token("new", byId), Token("none", zero)], ["x", "z"], ["y", "x"]);
        var rows = new TokenRows(plan, Models(2), baseAt: 0);
        Assert.All(rows.Maps, map => Assert.Equal(new RowOrigin(1, 0), map.Rows[0]));
        Assert.All(rows.Maps, map => Assert.Equal(new RowOrigin(1, 1), map.Rows[plan.Vocabulary.IdOf("new")]));
        Assert.All(rows.Maps, map => Assert.True(map.Rows[plan.Vocabulary.IdOf("none")].IsZero));
        Assert.True(rows.IsForced(0));
    }

    /// <summary>The named source is a fallback: a model's own row stays, unless it is forced.</summary>
    [Fact]
    public void StayWhereTheRecipeDoesNotForceOthers()
    {
        var rows = new TokenRows(Plan(1, [Token("x", new TokenSource(Here, null), force: false)], ["x"], ["y", "x"]), Models(2), baseAt: 0);
        Assert.Equal([new(0, 0), new RowOrigin(1, 1)], rows.Maps.Select(map => map.Rows[0]));
    }

    /// <summary>Every output row has exactly one origin, and it is a row of that token wherever some model has one.</summary>
    [Property(MaxTest = 200, Replay = "(37,19)")]
    public void HaveOneOriginEach(byte[][] vocabularies, bool hasBase, byte multiple)
    {
        string[][] tokens = Distinct(vocabularies);
        if (tokens.Length == 0) return;
        TokenizerPlan plan = Plan(Math.Max(1, (int)multiple), [], tokens);
        var rows = new TokenRows(plan, Models(tokens.Length), hasBase ? 0 : -1);
        Assert.Equal(0, plan.RowCount % Math.Max(1, (int)multiple));
        Assert.All(rows.Maps, map => Assert.Equal(plan.RowCount, map.Rows.Count));
        foreach (var (token, id) in plan.Vocabulary.Tokens)
        {
            RowOrigin[] origins = [.. rows.Maps.Select(map => map.Rows[id])];
            for (int model = 0; model < origins.Length; model++)
                if (tokens[model].Contains(token)) Assert.Equal(new RowOrigin(model, Array.IndexOf(tokens[model], token)), origins[model]);
            Assert.All(origins.Where(origin => origin.IsStored), origin => Assert.Equal(token, tokens[origin.Table][origin.Row]));
            Assert.All(origins.Where(origin => origin.IsMean), origin => Assert.All(rows.Means[origin.Row], row => Assert.Equal(token, tokens[row.Table][row.Row])));
            Assert.DoesNotContain(origins, origin => origin.IsNone || origin.IsPadding || origin.IsZero);
        }
    }

    /// <summary>A model whose ids are shuffled gives the rows of its tokens: there and back again every token is where it was.</summary>
    [Property(MaxTest = 100, Replay = "(37,19)")]
    public void OfAPermutationGoThereAndBack(int seed, byte count)
    {
        string[] tokens = [.. Enumerable.Range(0, count + 1).Select(id => $"t{id}")], shuffled = [.. tokens];
        new Random(seed).Shuffle(shuffled);
        RowMap there = new TokenRows(Plan(1, [], tokens, shuffled), Models(2), baseAt: 0).Maps[1], back = new TokenRows(Plan(1, [], shuffled, tokens), Models(2), baseAt: 0).Maps[1];
        Assert.Equal(Enumerable.Range(0, tokens.Length), Enumerable.Range(0, tokens.Length).Select(id => there.Rows[back.Rows[id].Row].Row));
    }

    static string[][] Distinct(byte[][]? vocabularies) =>
        [.. (vocabularies ?? []).Take(4).Select(tokens => (tokens ?? []).Select(token => $"t{token % 40}").Distinct().ToArray()).Where(tokens => tokens.Length > 0)];

    static ModelReference[] Models(int count) => [.. Enumerable.Range(0, count).Select(model => new ModelReference($"m{model}"))];

    static RecipeToken Token(string text, TokenSource source, bool force = false) => new(new(text, Here), source, force);

    /// <summary>The union of vocabularies whose ids are their places; m0 is the base.</summary>
    static TokenizerPlan Plan(int multiple, RecipeToken[] named, params string[][] vocabularies)
    {
        ModelVocabulary[] models = [.. vocabularies.Select((tokens, model) => new ModelVocabulary(
            new(new ModelReference($"m{model}"), Here), new Vocabulary(tokens.Index().ToDictionary(token => token.Item, token => token.Index), []), tokens.Length))];
        var output = new OutputVocabulary(models[0].Tokens);
        VocabularyUnion.Append(output, models, (_, _) => { });
        foreach (RecipeToken token in named) output.Add(new AddedToken(-1, token.Text.Value));
        return new TokenizerPlan(new RecipeTokenizer(new(new(VocabularySource.Kinds.Union), Here), named, multiple), null!, output, models);
    }
}
