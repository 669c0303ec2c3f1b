using System.Diagnostics;

namespace MergeEngine.Tests.Fuzzing;

/// <summary>The long form: <c>dotnet MergeEngine.Tests.dll fuzz TARGET SECONDS SEED FOLDER</c>. Found inputs, and the one that ended the process, are in the folder.</summary>
static class FuzzProgram
{
    const int HangSeconds = 30;

    /// <returns>0 if nothing was found.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is not [var name, var seconds, var seed, var folder] || FuzzTarget.All.FirstOrDefault(target => target.Name == name) is not { } target)
        {
            Console.Error.WriteLine($"fuzz TARGET SECONDS SEED FOLDER; targets: {string.Join(", ", FuzzTarget.All.Select(target => target.Name))}");
            return 2;
        }
        Directory.CreateDirectory(folder);
        return Run(target, TimeSpan.FromSeconds(int.Parse(seconds)), int.Parse(seed), Path.Combine(Path.GetFullPath(folder), name));
    }

    static int Run(FuzzTarget target, TimeSpan duration, int seed, string prefix)
    {
        var run = new FuzzRun(target, seed);
        long started = Stopwatch.GetTimestamp(), fed = 0, inputStarted = started;
        using var watch = new Timer(_ =>
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref inputStarted)).TotalSeconds > HangSeconds) Environment.FailFast($"{prefix}.current hangs");
        }, null, 1000, 1000);
        int found = 0;
        for (; Stopwatch.GetElapsedTime(started) < duration; fed++)
        {
            byte[] input = run.Next();
            Volatile.Write(ref inputStarted, Stopwatch.GetTimestamp());
            File.WriteAllBytes(prefix + ".current", input);
            if (run.Feed(input) is not { } wrong) continue;
            string file = $"{prefix}.{found++}";
            File.WriteAllBytes(file, input);
            Console.WriteLine($"{file}: {wrong}");
            if (found == 20) break;
        }
        File.Delete(prefix + ".current");
        Console.WriteLine($"{target.Name}: {fed} inputs in {Stopwatch.GetElapsedTime(started).TotalSeconds:f0} s, {run.Accepted} accepted, {run.Refused} refused in {run.Answers} ways, at most {run.MostSeenAllocated >> 10} KiB, {found} found");
        return found == 0 ? 0 : 1;
    }
}
