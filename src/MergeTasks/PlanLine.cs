using System.Globalization;

namespace MergeTasks;

/// <summary>The one line that says what a build is going to do.</summary>
/// <remarks>Begins with the project's name and an arrow: the terminal logger shows no other message, this one it takes for the project's output.</remarks>
static class PlanLine
{
    public static string For(string project, int upToDate, int fromCache, int toRun, int failed)
    {
        string name = Path.GetFileNameWithoutExtension(project);
        string line = string.Create(CultureInfo.InvariantCulture, $"{name} -> merge plan: {upToDate} up to date, {fromCache} from cache, {toRun} to run");
        return failed == 0 ? line : line + string.Create(CultureInfo.InvariantCulture, $", {failed} with errors");
    }
}
