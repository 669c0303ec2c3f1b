using MergeEngine.Planning;

namespace MergeEngine.Tests.Golden;

/// <summary>Puts the files beside the weights into a folder, without card and manifest.</summary>
static class OutputFiles
{
    public static void Write(MergePlan plan, string folder)
    {
        foreach (var file in plan.SideFiles) File.Copy(file.Path, Prepared(folder, file.Name));
        foreach (var text in plan.Texts) File.WriteAllText(Prepared(folder, text.Name), text.Text);
    }

    static string Prepared(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }
}
