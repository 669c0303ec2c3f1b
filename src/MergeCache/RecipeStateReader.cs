namespace MergeCache;

/// <summary>Reads the text of a <see cref="RecipeState"/>.</summary>
static class RecipeStateReader
{
    /// <returns>null unless the text is whole and every line is understood.</returns>
    public static RecipeState? Read(string text)
    {
        if (!text.EndsWith('\n')) return null;
        ReadOnlySpan<char> rest = text;
        if (!NextLine(ref rest).SequenceEqual(RecipeState.Header)) return null;
        if (Value(NextLine(ref rest), "settings ") is not { } settings) return null;
        var uses = new List<string>();
        while (rest.StartsWith("uses ")) uses.Add(LineText.Unescape(NextLine(ref rest)["uses ".Length..]));
        var models = new List<ModelState>();
        while (true)
        {
            ReadOnlySpan<char> line = NextLine(ref rest);
            if (line.SequenceEqual("end")) return new RecipeState(settings, uses, models);
            if (Value(line, "model ") is not { } name || ReadModel(name, ref rest) is not { } model) return null;
            models.Add(model);
        }
    }

    static ModelState? ReadModel(string name, ref ReadOnlySpan<char> rest)
    {
        if (Value(NextLine(ref rest), "key ") is not { } key || Value(NextLine(ref rest), "digest ") is not { } digest) return null;
        return ReadPaths("input ", ref rest) is { } inputs && ReadPaths("output ", ref rest) is { } outputs
            ? new ModelState(name, key, digest, inputs, outputs)
            : null;
    }

    static List<TrackedPath>? ReadPaths(string word, ref ReadOnlySpan<char> rest)
    {
        var paths = new List<TrackedPath>();
        while (rest.StartsWith(word))
        {
            if (TrackedPath.Parse(NextLine(ref rest)[word.Length..]) is not { } path) return null;
            paths.Add(path);
        }
        return paths;
    }

    static string? Value(ReadOnlySpan<char> line, string word) => line.StartsWith(word) ? LineText.Unescape(line[word.Length..]) : null;

    /// <summary>Takes the next line; an empty one where the text has ended.</summary>
    static ReadOnlySpan<char> NextLine(ref ReadOnlySpan<char> rest)
    {
        int end = rest.IndexOf('\n');
        ReadOnlySpan<char> line = end < 0 ? default : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return line;
    }
}
