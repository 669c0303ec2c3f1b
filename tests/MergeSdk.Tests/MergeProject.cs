namespace MergeSdk.Tests;

/// <summary>A merge project in a folder of its own, outside the repository, with a cache of its own.</summary>
sealed class MergeProject : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("mergesdk-").FullName;
    bool restored;

    /// <summary>Folder for packages; null: the user's.</summary>
    public string? Packages { get; set; }

    /// <param name="items">Items and properties besides the recipes.</param>
    public MergeProject(string items = "", string recipes = """<MergeRecipe Include="recipes/*.yml" />""")
    {
        // The tools are built already, so most tests leave out the reference that would build them.
        Write("P.mergeproj", $"""
            <Project>
              <PropertyGroup><MergeSdkToolsDirectory>{Repository.Tools}</MergeSdkToolsDirectory></PropertyGroup>
              <Import Project="{Repository.Root}/src/MergeSdk/Sdk/Sdk.props" />
              <ItemGroup>{recipes}{items}</ItemGroup>
              <Import Project="{Repository.Root}/src/MergeSdk/Sdk/Sdk.targets" />
            </Project>
            """);
        Directory.CreateDirectory(this["recipes"]);
    }

    /// <summary>Two models and one recipe of them.</summary>
    public static MergeProject WithOneRecipe(string items = "")
    {
        MergeProject project = new(items);
        project.AddModel("a", "llama-a").AddModel("b", "llama-b").AddRecipe("x");
        return project;
    }

    /// <summary>Full path of something in the project's folder.</summary>
    public string this[string path] => Path.Combine(root, path);

    public string Root => root;

    public string Cache => this["cache"];

    public string Weights(string model) => this[$"bin/{model}/model.safetensors"];

    /// <summary>Copies a model; files of an earlier one of that name are replaced.</summary>
    public MergeProject AddModel(string name, string source)
    {
        string folder = this[$"models/{name}"];
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(Repository.Model(source)))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        return this;
    }

    /// <summary>A linear merge of two models; the weight of the first is on line 5, that of the second on line 8.</summary>
    public MergeProject AddRecipe(string name, string first = "models/a", string second = "models/b", string weight = "0.5")
    {
        Write($"recipes/{name}.yml", $"""
            merge_method: linear
            models:
              - model: {first}
                parameters:
                  weight: {weight}
              - model: {second}
                parameters:
                  weight: 0.5

            """);
        return this;
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
    }

    /// <summary>Changes the last weight of a model.</summary>
    public void ChangeWeight(string model, string file = "model.safetensors")
    {
        using FileStream stream = File.Open(this[$"models/{model}/{file}"], FileMode.Open);
        stream.Seek(-1, SeekOrigin.End);
        int last = stream.ReadByte();
        stream.Seek(-1, SeekOrigin.End);
        stream.WriteByte((byte)(last ^ 1));
    }

    /// <summary>dotnet build; restores only the first time.</summary>
    public BuildResult Build(params string[] arguments)
    {
        BuildResult result = Dotnet(["build", .. restored ? ["--no-restore"] : Array.Empty<string>(), .. arguments]);
        restored = true;
        return result;
    }

    public BuildResult Dotnet(params string[] arguments)
    {
        using Command command = Start(arguments);
        return command.Wait();
    }

    public Command Start(params string[] arguments) => new(
        root,
        arguments[0] is "new" or "sln" ? arguments : [.. arguments, "-nodeReuse:false", "-tl:off"],
        [("MERGE_CACHE_DIR", Cache), .. Packages is null ? [] : new[] { ("NUGET_PACKAGES", (string?)Packages) }, ("DOTNET_CLI_USE_MSBUILD_SERVER", "0"), ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"), ("DOTNET_CLI_UI_LANGUAGE", "en")]);

    public void Dispose() => Directory.Delete(root, recursive: true);
}
