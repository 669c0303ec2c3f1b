namespace MergeEngine.Recipes;

/// <summary>The ids of mergekit 0.1.4, so that a recipe for a method that is still to come gets the right answer.</summary>
static class MergekitMethods
{
    public static readonly IReadOnlySet<string> Ids = new HashSet<string>(
    [
        "arcee_fusion", "breadcrumbs", "breadcrumbs_ties", "dare_linear", "dare_ties", "della", "della_linear", "karcher", "linear", "model_stock",
        "multislerp", "nearswap", "nuslerp", "passthrough", "ram", "ramplus_tl", "sce", "slerp", "task_arithmetic", "ties",
    ]);
}
