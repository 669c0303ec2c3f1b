using System.Text;

namespace MergeCache;

/// <summary>What the last build knew about one recipe, in lines of text: reading JSON would cost more than the whole up-to-date check.</summary>
/// <param name="Settings">Everything besides files that the results depend on: metadata, aliases, pins.</param>
/// <param name="Uses">Names of the project's other recipes whose results these models are made of: when one of them is stale, so may these be.</param>
/// <param name="Models">The models that the recipe file makes.</param>
public sealed record RecipeState(string Settings, IReadOnlyList<string> Uses, IReadOnlyList<ModelState> Models)
{
    internal const string Header = "mergesdk-state 2";

    public static string FileFor(string stateDirectory, string recipeName) => Path.Combine(stateDirectory, recipeName + ".state");

    /// <summary>Nothing has changed since the state was written.</summary>
    /// <param name="now">See <see cref="TrackedPath.IsCurrent"/>.</param>
    public bool IsCurrent(string settings, string outputDirectory, Dictionary<string, FileStamp?> now)
    {
        if (settings != Settings || Models.Count == 0) return false;
        foreach (ModelState model in Models)
            if (!model.IsCurrent(outputDirectory, now)) return false;
        return true;
    }

    public ModelState? Find(string model)
    {
        foreach (ModelState state in Models)
            if (state.Name == model) return state;
        return null;
    }

    /// <returns>null if there is no state, or none that this version can read: everything is then planned anew.</returns>
    public static RecipeState? Read(string path) => AtomicFile.TryRead(path) is { } text ? RecipeStateReader.Read(text) : null;

    public void Write(string path) => AtomicFile.Write(path, ToString());

    public override string ToString()
    {
        var text = new StringBuilder().Append(Header).Append('\n').Append("settings ").Append(LineText.Escape(Settings)).Append('\n');
        foreach (string other in Uses) text.Append("uses ").Append(LineText.Escape(other)).Append('\n');
        foreach (ModelState model in Models)
        {
            text.Append("model ").Append(LineText.Escape(model.Name)).Append('\n');
            text.Append("key ").Append(model.Key).Append('\n').Append("digest ").Append(model.Digest).Append('\n');
            foreach (TrackedPath input in model.Inputs) text.Append("input ").Append(input).Append('\n');
            foreach (TrackedPath output in model.Outputs) text.Append("output ").Append(output).Append('\n');
        }
        return text.Append("end\n").ToString();
    }
}
