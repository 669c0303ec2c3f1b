namespace MergeCache;

/// <summary>One model of a recipe as the last build left it.</summary>
/// <param name="Name">Name of the model and of its folder.</param>
/// <param name="Key">Action key that the outputs were made for; empty if the model was never made.</param>
/// <param name="Digest">Digest of the merged tensors.</param>
/// <param name="Inputs">Everything that the key was computed from, as it was seen then.</param>
/// <param name="Outputs">Files of the model's folder, by paths relative to it: a project that was moved is still up to date.</param>
public sealed record ModelState(
    string Name, string Key, string Digest, IReadOnlyList<TrackedPath> Inputs, IReadOnlyList<TrackedPath> Outputs)
{
    public static ModelState NeverMade(string name) => new(name, "", "", [], []);

    /// <summary>Where the text of the action key is kept, to say what has changed when it changes.</summary>
    public static string KeyTextFile(string stateDirectory, string model) => Path.Combine(stateDirectory, model + ".key");

    /// <summary>The outputs are there as they were written.</summary>
    public bool HasItsOutputs(string outputDirectory)
    {
        if (Key.Length == 0 || Outputs.Count == 0) return false;
        string folder = Path.Combine(outputDirectory, Name);
        foreach (TrackedPath output in Outputs)
            if (TrackedPath.SeeOutput(folder, output.Path) != output) return false;
        return true;
    }

    /// <summary>Nothing that the model was made from has changed, and the outputs are there: it need not even be planned.</summary>
    /// <param name="now">See <see cref="TrackedPath.IsCurrent"/>: what several models share is looked at once.</param>
    public bool IsCurrent(string outputDirectory, Dictionary<string, FileStamp?> now)
    {
        if (Inputs.Count == 0 || !HasItsOutputs(outputDirectory)) return false;
        foreach (TrackedPath input in Inputs)
            if (!input.IsCurrent(now)) return false;
        return true;
    }
}
