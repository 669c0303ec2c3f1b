using System.Text.RegularExpressions;
using MergeCache;
using MergeEngine;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>STUB until the engine lands.</summary>
sealed class ModelPlanner(WorkerRequest request, WorkerFolders folders)
{
    public static IReadOnlyList<RecipeDocument> Read(RequestedRecipe recipe) => [new(recipe.Name, null, [], File.ReadAllLines(recipe.Path))];

    public PlannedModel Plan(RequestedRecipe recipe, RecipeDocument document, Action<Diagnostic> report, CancellationToken stop)
    {
        long now = FileStamp.Now();
        var lines = new List<KeyLine>();
        var inputs = new List<TrackedPath> { TrackedPath.See(recipe.Path, now) };
        inputs.AddRange(folders.Tools.Select(t => TrackedPath.See(t, long.MinValue)));
        var models = new List<string>();
        int n = 0;
        foreach (string line in (string[])document.Source)
        {
            n++;
            string text = line.Split('#')[0].TrimEnd();
            if (text.Length == 0) continue;
            var pos = new SourcePosition(recipe.Path, n, 1);
            lines.Add(new(text, pos));
            if (text.Contains("bad:")) throw new MergeException(new Diagnostic("MRG0102", Severity.Error, pos, "unknown key 'bad'"));
            if (Regex.Match(text, @"model:\s*(\S+)") is { Success: true } m)
            {
                string dir = Path.Combine(Path.GetDirectoryName(request.Project)!, m.Groups[1].Value);
                string file = Path.Combine(dir, "model.safetensors");
                models.Add(file);
                inputs.Add(TrackedPath.See(dir, now));
                var seen = TrackedPath.See(file, now);
                var d = folders.Digests.Find(file, seen.Stamp!.Value);
                if (d is null)
                {
                    d = [Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))];
                    folders.Digests.Store(seen, d);
                }
                else seen = seen with { Young = false };
                inputs.Add(seen);
                lines.Add(new($"input {m.Groups[1].Value} {d[0]}", pos));
            }
        }
        var key = new KeyText(lines);
        return new PlannedModel(document.ModelName, new(recipe.Path), key, inputs, (folder, progress, stop) =>
        {
            byte[] bytes = File.ReadAllBytes(models[0]);
            File.WriteAllBytes(Path.Combine(folder, "model.safetensors"), bytes);
            File.WriteAllText(Path.Combine(folder, "config.json"), "{}"); File.WriteAllText(Path.Combine(folder, "merge-manifest.json"), "{}");
            string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
            return new MergedFiles(digest, bytes.Length, new Dictionary<string, IReadOnlyList<string>> { ["model.safetensors"] = [digest] });
        });
    }
}
