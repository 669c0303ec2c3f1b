using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MergeEngine.Tests.Fuzzing;

/// <summary>Feeds a target with damaged inputs. Inputs that are answered in a new way become material themselves, so that later ones go deeper.</summary>
sealed partial class FuzzRun(FuzzTarget target, int seed)
{
    public const long MostAllocated = 64 << 20;

    const int MostMaterial = 2000;

    static readonly TimeSpan MostTime = TimeSpan.FromSeconds(2);

    readonly Random random = new(seed);
    readonly IReadOnlyList<byte[]> seeds = [.. target.Seeds];
    readonly List<byte[]> material = [];
    readonly HashSet<string> answers = new(StringComparer.Ordinal);

    int given;

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Different answers so far, counted by their texts without names and numbers.</summary>
    public int Answers => answers.Count;

    public long MostSeenAllocated { get; private set; }

    /// <summary>The seeds as they are, then damaged ones.</summary>
    public byte[] Next() => given < seeds.Count ? seeds[given++] : new Mutation(random, target.Tokens).Of(Any(), Any());

    /// <returns>What is wrong with the answer; null if nothing is.</returns>
    public string? Feed(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        long start = Stopwatch.GetTimestamp();
        string? wrong = Answer(input, out string answer);
        var time = Stopwatch.GetElapsedTime(start);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        MostSeenAllocated = Math.Max(MostSeenAllocated, allocated);
        if (answers.Add(answer) && material.Count < MostMaterial) material.Add(input);
        if (wrong is not null) return wrong;
        if (allocated > MostAllocated) return $"allocated {allocated} bytes";
        return time > MostTime && IsSlowAgain(input) ? $"took {time.TotalSeconds:f1} seconds" : null;
    }

    byte[] Any() => material.Count > 0 && random.Next(2) == 0 ? material[random.Next(material.Count)] : seeds[random.Next(seeds.Count)];

    string? Answer(byte[] input, out string answer)
    {
        try
        {
            target.Read(input);
            Accepted++;
            answer = "accepted";
            return null;
        }
        catch (MergeException exception)
        {
            Refused++;
            answer = string.Join('|', exception.Diagnostics.Take(3).Select(found => found.Code + Varying().Replace(found.Text, "*")));
            return exception.Diagnostics.Count == 0 ? "no diagnostics"
                : exception.Diagnostics.Any(found => found.Text.Any(char.IsControl)) ? "a control character in a message" : null;
        }
        catch (Exception exception)
        {
            answer = exception.GetType().Name;
            return exception.ToString();
        }
    }

    /// <summary>On a busy machine anything can be slow once.</summary>
    bool IsSlowAgain(byte[] input)
    {
        long start = Stopwatch.GetTimestamp();
        Answer(input, out _);
        return Stopwatch.GetElapsedTime(start) > MostTime;
    }

    [GeneratedRegex("'[^']*'|[0-9]+|0x[0-9a-f]+")]
    private static partial Regex Varying();
}
