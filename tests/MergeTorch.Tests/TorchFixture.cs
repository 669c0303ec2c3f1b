using System.Reflection;
using MergeEngine;
using MergeEngine.LinearAlgebra;

namespace MergeTorch.Tests;

/// <summary>LibTorch where this machine has it: in the folder that MERGE_TORCH_DIRECTORY names, or as a restored package.</summary>
static class TorchFixture
{
    public static string Folder { get; } = Environment.GetEnvironmentVariable("MERGE_TORCH_DIRECTORY") is { Length: > 0 } given
        ? given
        : typeof(TorchFixture).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "LibTorch").Value!;

    static readonly Lazy<ILinearAlgebra> Loaded = new(() => new TorchLinearAlgebra(TorchLibrary.Load(Folder, new SourcePosition("test"), "test")));

    /// <summary>Skips the test where there is none.</summary>
    public static ILinearAlgebra LinearAlgebra
    {
        get
        {
            Skip.IfNot(File.Exists(Path.Combine(Folder, TorchLibrary.FileName)), $"No LibTorch in '{Folder}': dotnet restore tests/MergeTorch.Tests -p:MergeTorch=cpu fetches it.");
            return Loaded.Value;
        }
    }
}
