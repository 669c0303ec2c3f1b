namespace MergeEngine.Recipes;

/// <summary>What mergekit asks of the experts, and a router needs to tell them apart.</summary>
static class MoeChecks
{
    public static void Report(IReadOnlyList<MoeExpert> experts, IReadOnlyList<MoeExpert> shared, GateMode mode, bool allowAllSame, NodeReader reader)
    {
        if (mode == GateMode.CheapEmbed) Prompts(experts, reader);
        if (shared.FirstOrDefault(expert => expert.HasPrompts != shared[0].HasPrompts) is { } other) reader.Report(Errors.SomeSharedPrompts(other.Model.Position));
        bool allSame = experts.All(expert => expert.Model.Value == experts[0].Model.Value);
        if (mode != GateMode.Random && allSame && !allowAllSame) reader.Report(Errors.ExpertsAllSame(experts[0].Model.Position, experts[0].Model.Value));
        if ((experts.Count & (experts.Count - 1)) != 0) reader.Report(Errors.NotAPowerOfTwo(experts[0].Model.Position, experts.Count));
    }

    /// <summary>mergekit asks for prompts in <c>uniform_random</c> too, where they have no effect.</summary>
    static void Prompts(IReadOnlyList<MoeExpert> experts, NodeReader reader)
    {
        foreach (MoeExpert expert in experts.Where(expert => !expert.HasPrompts)) reader.Report(Errors.NoPrompts(expert.Model.Position, expert.Model.Value));
        if (experts.All(expert => expert.HasPrompts && expert.HasPromptsOf(experts[0]))) reader.Report(Errors.PromptsAllSame(experts[0].Model.Position));
    }
}
