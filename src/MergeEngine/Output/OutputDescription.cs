using MergeEngine.Methods;

namespace MergeEngine.Output;

/// <summary>Everything that the files beside the weights are made from. The same description gives the same bytes on every machine.</summary>
public sealed record OutputDescription
{
    /// <summary>Name of the model; title of its card.</summary>
    public required string Name { get; init; }

    /// <summary>What the output is, if it is an adapter and no model.</summary>
    public AdapterOutline? Adapter { get; init; }

    /// <summary>Files to write, config.json among them.</summary>
    public required IReadOnlyList<OutputText> Texts { get; init; }

    /// <summary>Files to copy, from <see cref="SideFile.Of"/>.</summary>
    public required IReadOnlyList<SideFile> SideFiles { get; init; }

    /// <summary>The merge method.</summary>
    public required MethodSpec Method { get; init; }

    /// <summary>The recipe in YAML. Canonical, so that a changed comment changes no file.</summary>
    public required string RecipeText { get; init; }

    /// <summary>Name of the file that holds it.</summary>
    public required string RecipeFileName { get; init; }

    /// <summary>The base that task vectors are taken from, as the recipe names it; null if there is none, or if it is an input like the others.</summary>
    public string? Base { get; init; }

    /// <summary>Write README.md and, beside it, the recipe; the manifest has the recipe in any case.</summary>
    public bool WriteCard { get; init; } = true;

    /// <summary>All models as the recipe names them, in recipe order; with or without the base.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Those of the base and the models that are ids of a model hub.</summary>
    public IReadOnlyList<string> HubModels { get; init; } = [];

    public required ulong Seed { get; init; }

    /// <summary>Version of MergeSdk.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Raised by hand when the engine's results change.</summary>
    public required int EngineRevision { get; init; }

    /// <summary>The models that were read, in recipe order.</summary>
    public required IReadOnlyList<InputModel> Inputs { get; init; }

    /// <summary>The tensors that were written, in the order of the output.</summary>
    public required IReadOnlyList<OutputTensor> Tensors { get; init; }

    /// <summary>Weight files and index that are in the folder already.</summary>
    public required IReadOnlyList<FileFact> WeightFiles { get; init; }
}
