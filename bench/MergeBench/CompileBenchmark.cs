using System.Diagnostics;
using System.Globalization;
using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Expressions;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeBench;

/// <summary>What a tensor costs before its first byte is read: the method's expression, and its compilation to a tile program.</summary>
static class CompileBenchmark
{
    static readonly string[] Header = ["Method", "Models", "Steps of the program", "Expression and compilation, microseconds"];

    public static void Run(Arguments arguments)
    {
        int repetitions = arguments.Number("--repetitions", 20_000);
        string facts = string.Create(CultureInfo.InvariantCulture, $"Mean of {repetitions} after as many to warm up, one thread.");
        var rows = from id in new[] { "linear", "task_arithmetic", "ties", "dare_ties" }
                   from models in new[] { 2, 8 }
                   select Row(MethodRegistry.All[id], models, repetitions);
        Report.Write(arguments, "compile", facts, Header, [.. rows]);
    }

    static string[] Row(IMergeMethod method, int models, int repetitions)
    {
        var step = Step(method, models);
        for (int i = 0; i < repetitions; i++) Compile(step);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < repetitions; i++) Compile(step);
        double microseconds = watch.Elapsed.TotalMicroseconds / repetitions;
        return [method.Spec.Id, $"{models}", $"{Compile(step).Steps.Count}", microseconds.ToString("f1", CultureInfo.InvariantCulture)];
    }

    static TileProgram Compile(MergeStep step)
    {
        var scope = new TensorScope(step.Shape, (_, _) => { });
        return TileProgram.Compile([step.Express(new SourceScope(scope, PhiloxDraws.Of(0), AllowNonFinite: false, new MergeRemarks(new MergeEngine.SourcePosition("bench.yml"))))]);
    }

    static MergeStep Step(IMergeMethod method, int models)
    {
        var shape = new TensorShape(2048, 2048);
        Dictionary<string, double> Values(bool perModel) => method.Spec.Parameters.Where(parameter => parameter.PerModel == perModel)
            .ToDictionary(parameter => parameter.Name, parameter => parameter.Name == "density" ? 0.5 : parameter.Required ? 0.4 : parameter.Default);
        var sources = Enumerable.Range(-1, models + 1).Select(index => new StepSource(
            $"model-{index}", new TensorInfo("w", Dtype.BF16, shape, $"model-{index}", 0, shape.Count * 2), shape, index < 0, index, Values(perModel: true)));
        return new MergeStep("w", shape, Dtype.BF16, method, [.. sources], Values(perModel: false));
    }
}
