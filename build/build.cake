// Chores of this repository; nobody needs them to build or test it. Usage: dotnet tool restore && dotnet cake build/build.cake --target=docs
// Each task is one or two dotnet commands.

void Dotnet(string arguments, params (string Name, string Value)[] environment)
{
    var settings = new ProcessSettings
    {
        Arguments = arguments,
        WorkingDirectory = Context.Environment.WorkingDirectory.Combine(".."),
        EnvironmentVariables = environment.ToDictionary(variable => variable.Name, variable => variable.Value),
    };
    int status = StartProcess("dotnet", settings);
    if (status != 0) throw new CakeException($"dotnet {arguments} ended with {status}");
}

Task("docs")
    .Description("Writes the generated pages docs/methods.md, docs/errors.md and docs/differences-from-mergekit.md.")
    .Does(() => Dotnet("test tests/MergeEngine.Tests --filter FullyQualifiedName~Docs", ("MERGESDK_WRITE_DOCS", "1")));

Task("pack")
    .Description("Packs the SDK into artifacts/packages.")
    .Does(() => Dotnet("pack src/MergeSdk -c Release -o artifacts/packages"));

Task("bench")
    .Description("Measures the merges of three 2.2 GB checkpoints, and a build that does nothing; writes bench/results.")
    .Does(() =>
    {
        Dotnet("build bench/MergeBench -c Release");
        Dotnet("run -c Release --no-build --project bench/MergeBench -- merge");
        Dotnet("run -c Release --no-build --project bench/MergeBench -- noop");
    });

Task("default").Description("Lists the tasks.").Does(() => Information("docs, pack, bench"));

RunTarget(Argument("target", "default"));
