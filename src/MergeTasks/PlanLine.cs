using System.Globalization;

namespace MergeTasks;

/// <summary>The one line that says what a build is going to do.</summary>
static class PlanLine
{
    public static string For(int upToDate, int fromCache, int toRun, int failed)
    {
        string line = string.Create(CultureInfo.InvariantCulture, $"  merge plan: {upToDate} up to date, {fromCache} from cache, {toRun} to run");
        return failed == 0 ? line : line + string.Create(CultureInfo.InvariantCulture, $", {failed} with errors");
    }
}
