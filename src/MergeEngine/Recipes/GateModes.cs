namespace MergeEngine.Recipes;

/// <summary>Gate modes as recipes name them.</summary>
static class GateModes
{
    /// <summary>What mergekit takes where the recipe says nothing.</summary>
    public const string Default = "hidden";

    static readonly Dictionary<string, GateMode> Modes = new()
    {
        ["cheap_embed"] = GateMode.CheapEmbed,
        ["random"] = GateMode.Random,
        ["uniform_random"] = GateMode.UniformRandom,
    };

    static readonly string[] OfForwardPasses = [Default, "hidden_avg", "hidden_last"];

    public static IReadOnlyCollection<string> Accepted => Modes.Keys;

    public static GateMode? Find(string name) => Modes.TryGetValue(name, out GateMode mode) ? mode : null;

    public static string NameOf(GateMode mode) => Modes.First(entry => entry.Value == mode).Key;

    /// <summary>mergekit runs the base on the prompts for these.</summary>
    public static bool NeedsForwardPass(string name) => OfForwardPasses.Contains(name);
}
