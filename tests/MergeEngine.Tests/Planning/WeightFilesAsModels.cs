using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Planning;
using MergeEngine.Tests.Checkpoints;
using MergeEngine.Tests.Golden;
using static MergeEngine.Tests.Checkpoints.Torch.PickleBytes;

namespace MergeEngine.Tests.Planning;

/// <summary>Recipes whose models are files: merged by tensor names, without an architecture and without a configuration.</summary>
public sealed class WeightFilesAsModels : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    static byte[] Torch(params (string Name, float[] Values)[] tensors) => Zip(
        Pickle(Dict([.. tensors.Select((tensor, i) => (tensor.Name, Tensor(Storage(i.ToString(), tensor.Values.Length), 0, [tensor.Values.Length], [1])))])),
        [.. tensors.Select((tensor, i) => (i.ToString(), (byte[])[.. tensor.Values.SelectMany(BitConverter.GetBytes)]))]);

    /// <summary>A safetensors file of float32 vectors and one int64 scalar.</summary>
    static byte[] Safetensors(long step, params (string Name, float[] Values)[] tensors)
    {
        int end = 8;
        string json = string.Concat(tensors.Select(tensor => $",\"{tensor.Name}\":{{\"dtype\":\"F32\",\"shape\":[{tensor.Values.Length}],\"data_offsets\":[{end},{end += 4 * tensor.Values.Length}]}}"));
        return Formats.File(
            System.Text.Encoding.UTF8.GetBytes($"{{\"step\":{{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}{json}}}"),
            [.. BitConverter.GetBytes(step), .. tensors.SelectMany(tensor => tensor.Values).SelectMany(BitConverter.GetBytes)]);
    }

    MergePlan Plan(string recipe) => MergePlanner.Plan(Plans.Read(recipe), new PlanningContext { ProjectDirectory = folder.FullPath });

    IReadOnlyList<Diagnostic> Errors(string recipe) => Plans.Errors(Plans.Read(recipe), new PlanningContext { ProjectDirectory = folder.FullPath });

    Dictionary<string, float[]> Merge(string recipe)
    {
        MergeExecutor.Run(Plan(recipe), folder["out"], new MergeOptions(), null, CancellationToken.None);
        return TensorFile.ReadCheckpoint(folder["out"]).Where(tensor => tensor.Value.Info.Dtype == Dtype.F32)
            .ToDictionary(tensor => tensor.Key, tensor => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.Value.Bytes).ToArray());
    }

    [Fact]
    public void AreMergedByName()
    {
        folder.With("a.pt", Torch(("w", [1, 2]), ("v", [8]))).With("b.bin", Torch(("v", [4]), ("w", [3, 6])));
        var merged = Merge("{merge_method: linear, models: [{model: a.pt, parameters: {weight: 1}}, {model: b.bin, parameters: {weight: 3}}]}");
        Assert.Equal([2.5f, 5], merged["w"]);
        Assert.Equal([5], merged["v"]);
    }

    [Theory]
    [InlineData("a.pth", "b.safetensors")]
    [InlineData("a.safetensors", "b.ckpt")]
    public void MayBeOfDifferentFormats(string first, string second)
    {
        foreach (var (name, value) in ((string, float)[])[(first, 1), (second, 3)])
            folder.With(name, name.EndsWith(".safetensors", StringComparison.Ordinal) ? Formats.File("{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"u8.ToArray(), BitConverter.GetBytes(value)) : Torch(("w", [value])));
        Assert.Equal([2], Merge($"{{merge_method: linear, models: [{{model: {first}, parameters: {{weight: 0.5}}}}, {{model: {second}, parameters: {{weight: 0.5}}}}]}}")["w"]);
    }

    [Fact]
    public void GiveWeightsAndNothingElse()
    {
        folder.With("a.pt", Torch(("w", [1])));
        var plan = Plan("{merge_method: passthrough, models: [{model: a.pt}]}");
        Assert.Empty(plan.Texts);
        Assert.Empty(plan.SideFiles);
        Assert.Null(plan.Donor);
        Assert.Equal([folder["a.pt"]], plan.InputFiles);
        Assert.Equal([folder["a.pt"]], plan.Models.Select(model => model.Directory));
    }

    [Fact]
    public void OfOneFolderAreTwoModels()
    {
        folder.With("a.pt", Torch(("w", [1]))).With("b.pt", Torch(("w", [2])));
        Assert.Equal(2, Plan("{merge_method: linear, models: [{model: a.pt, parameters: {weight: 1}}, {model: b.pt, parameters: {weight: 1}}]}").Models.Count);
    }

    /// <summary>mergekit-pytorch fails where a parameter of a model is left out, and takes 0 for left out.</summary>
    [Theory]
    [InlineData("{model: a.pt}, {model: b.pt}", 4, 7)]
    [InlineData("{model: a.pt, parameters: {weight: 0}}, {model: b.pt}", 5, 6)]
    public void TakeDefaultsOfParametersAndZeros(string models, float first, float second)
    {
        folder.With("base.pt", Torch(("w", [1, 2]))).With("a.pt", Torch(("w", [3, 8]))).With("b.pt", Torch(("w", [5, 6])));
        Assert.Equal([first, second], Merge($"{{merge_method: ties, base_model: base.pt, models: [{models}], parameters: {{weight: 1}}}}")["w"]);
    }

    [Fact]
    public void NumbersThatAreNotFloatComeFromTheBase()
    {
        folder.With("base.safetensors", Safetensors(7, ("w", [1]))).With("a.safetensors", Safetensors(9, ("w", [3])));
        Assert.Equal([3], Merge("{merge_method: task_arithmetic, base_model: base.safetensors, models: [{model: a.safetensors, parameters: {weight: 1}}]}")["w"]);
        Assert.Equal(BitConverter.GetBytes(7L), TensorFile.ReadCheckpoint(folder["out"])["step"].Bytes);
    }

    [Fact]
    public void WithOtherTensorsAreAnErrorThatListsThem()
    {
        folder.With("a.pt", Torch(("w", [1]), ("x", [1]))).With("b.pt", Torch(("w", [2]), ("y", [1]), ("z", [1])));
        var errors = Errors("{merge_method: linear, models: [{model: a.pt, parameters: {weight: 1}}, {model: b.pt, parameters: {weight: 1}}]}");
        Assert.Equal(["MRG0182", "MRG0182"], errors.Select(error => error.Code));
        Assert.Contains("'y', 'z'", errors[0].Text, StringComparison.Ordinal);
        Assert.Contains("'x'", errors[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("intersection", "w")]
    [InlineData("union", "w x y")]
    public void WithOtherTensorsAreMergedAsAsked(string selection, string names)
    {
        folder.With("a.pt", Torch(("w", [1]), ("x", [5]))).With("b.pt", Torch(("w", [3]), ("y", [6])));
        var merged = Merge($"{{merge_method: linear, tensors: {selection}, models: [{{model: a.pt, parameters: {{weight: 1}}}}, {{model: b.pt, parameters: {{weight: 1}}}}]}}");
        Assert.Equal(names.Split(' '), merged.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([2], merged["w"]);
        if (selection == "union") Assert.Equal((5, 6), (merged["x"][0], merged["y"][0]));
    }

    [Fact]
    public void HaveNoVocabularyToCrop()
    {
        folder.With("a.pt", Torch(("model.embed_tokens.weight", [1, 2]))).With("b.pt", Torch(("model.embed_tokens.weight", [1])));
        var error = Assert.Single(Errors("{merge_method: linear, models: [{model: a.pt, parameters: {weight: 1}}, {model: b.pt, parameters: {weight: 1}}]}"));
        Assert.Equal("MRG0202", error.Code);
    }

    [Fact]
    public void BesideFoldersAreAnError()
    {
        folder.With("a.pt", Torch(("w", [1])));
        Directory.CreateDirectory(folder["b"]);
        foreach (string file in Directory.EnumerateFiles(Path.Combine(TestData.Folder, "models", "llama-a"))) File.Copy(file, Path.Combine(folder["b"], Path.GetFileName(file)));
        var error = Assert.Single(Errors("{merge_method: linear, models: [{model: a.pt, parameters: {weight: 1}}, {model: b, parameters: {weight: 1}}]}"));
        Assert.Equal("MRG0180", error.Code);
        Assert.Contains("'b' is a model, but 'a.pt' is a weight file", error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slices: [{sources: [{model: a.pt, layer_range: [0, 1]}]}]", "'slices'")]
    [InlineData("models: [{model: a.pt}], tokenizer_source: base", "'tokenizer'")]
    [InlineData("models: [{model: {model: {path: a.pt}, override_architecture: LlamaForCausalLM}}]", "'override_architecture'")]
    public void TakeNothingOfAnArchitecture(string body, string what)
    {
        folder.With("a.pt", Torch(("w", [1])));
        var error = Assert.Single(Errors($"{{merge_method: passthrough, {body}}}"), finding => finding.Severity == Severity.Error);
        Assert.Equal("MRG0181", error.Code);
        Assert.Contains(what, error.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("__metadata__")]
    [InlineData("a.{layer}.b")]
    public void WithNamesThatCannotBeWrittenAreAnError(string name)
    {
        folder.With("a.pt", Torch((name, [1])));
        Assert.Equal("MRG0183", Assert.Single(Errors("{merge_method: passthrough, models: [{model: a.pt}]}")).Code);
    }

    [Fact]
    public void AreNotMeantByTensorsOfAFolder() =>
        Plans.Warning(Plans.Of("{merge_method: passthrough, tensors: union, models: [{model: models/llama-a}]}"), "MRG0184");

    [Fact]
    public void AreAskedForByOneOfThreeWords() =>
        Assert.Equal("MRG0103", Assert.Single(Assert.Throws<MergeException>(() => Plans.Read("{merge_method: linear, tensors: some, models: [{model: a.pt}]}")).Diagnostics).Code);

    [Fact]
    public void ThatAreDamagedAreAnErrorOfTheFile()
    {
        folder.With("a.pt", [1, 2, 3, 4]);
        var error = Assert.Single(Errors("{merge_method: passthrough, models: [{model: a.pt}]}"));
        Assert.Equal(("MRG0260", folder["a.pt"]), (error.Code, error.Position.File));
    }
}
