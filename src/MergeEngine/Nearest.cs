namespace MergeEngine;

/// <summary>Finds the known name that a misspelt one was probably meant to be.</summary>
public static class Nearest
{
    /// <returns>The name with the smallest edit distance (at most a third of the length, at least 1 and 2 edits for short names); the earlier one of equals; null if none is near.</returns>
    public static string? Name(string found, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = Math.Max(2, found.Length / 3) + 1;
        foreach (string name in known)
        {
            int distance = Distance(found.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < bestDistance && distance < Math.Max(name.Length, 2)) (best, bestDistance) = (name, distance);
        }
        return best;
    }

    static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 200) return int.MaxValue;
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++) previous[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }
            (previous, current) = (current, previous);
        }
        return previous[b.Length];
    }
}
