using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Kernels;
using MergeEngine.Planning;
using MergeEngine.Tests.Golden;
using MergeEngine.Tests.Planning;

namespace MergeEngine.Tests.Moe;

/// <summary>Short ways to write, plan and build a mixture over the golden models.</summary>
static class Mixtures
{
    public static PlanningContext Context { get; } = Plans.Context with { TextEncoders = _ => new NumberedTokens() };

    /// <summary>A recipe of two experts of one family; <c>model: models/FAMILY-base</c> and <c>-a</c>.</summary>
    public static string Recipe(string family, string more = "", string expert = "") => $$"""
        base_model: models/{{family}}-base
        gate_mode: random
        {{more}}
        experts:
          - source_model: models/{{family}}-a
            {{expert}}
          - source_model: models/{{family}}-base

        """;

    /// <summary>The same with an expert that sees every token.</summary>
    public static string WithShared(string family, string more = "") => Recipe(family, more) + $"shared_experts:\n  - {{source_model: models/{family}-a, residual_scale: 0.1}}\n";

    public static MergePlan Plan(string text) => MergePlanner.Plan(Plans.Read(text), Context);

    public static Diagnostic Error(string text) => Assert.Single(Plans.Errors(Plans.Read(text), Context), finding => finding.Severity == Severity.Error);

    /// <summary>All tensors of the output, from files that were written.</summary>
    public static Dictionary<string, (TensorInfo Info, byte[] Bytes)> Build(string text, MergeOptions? options = null)
    {
        string folder = Directory.CreateTempSubdirectory("moe-").FullName;
        try
        {
            MergeExecutor.Run(Plan(text), folder, options ?? new MergeOptions { Threads = 2 }, null, CancellationToken.None);
            return TensorFile.ReadCheckpoint(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static Dictionary<string, (TensorInfo Info, byte[] Bytes)> Model(string name) => TensorFile.ReadCheckpoint(Path.Combine(TestData.Folder, "models", name));

    public static float[] Floats((TensorInfo Info, byte[] Bytes) tensor)
    {
        var values = new float[tensor.Info.Shape.Count];
        KernelSet.All[0].Decode(tensor.Info.Dtype, tensor.Bytes, values);
        return values;
    }
}
