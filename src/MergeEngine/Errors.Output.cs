using MergeEngine.Architectures;
using MergeEngine.Output;

namespace MergeEngine;

/// <summary>What the output's files cannot say, and files that are not copied: MRG0168, MRG0256-0259.</summary>
public static partial class Errors
{
    /// <summary>Layers were chosen or repeated, and config.json has no number of layers, or a rule for single layers that may not hold any more.</summary>
    public static Diagnostic LayersNotDescribed(ModelConfig donor, LayerEdit edit, string key) => Warning("MRG0256", donor.Position, key == ""
        ? $"module '{edit.Module}' has {edit.Sources.Count} layers in the output and {edit.DonorLayers} in this model, but no known key of config.json says so. "
            + "Correct the output's config.json by hand."
        : $"'{key}' speaks of single layers, and the output has {edit.Sources.Count} layers in another order than the {edit.DonorLayers} of this model. "
            + "It is copied as it is: check whether it still holds.");

    /// <summary>mergekit leaves the flag, and the output's head is not loaded.</summary>
    public static Diagnostic HeadUntied(ModelConfig donor) => Warning("MRG0168", donor.Position,
        "some models have a head of their own, so the output has one, but this donor's config.json says that its head is the embeddings ('tie_word_embeddings'). The output's says false, so that its head is loaded. For a tied output merge tied models only.");

    /// <summary>config.json names Python files that are not copied, because a merge copies no code.</summary>
    public static Diagnostic CodeNotCopied(ModelConfig donor) => Warning("MRG0257", donor.Position,
        "'auto_map' names Python code of this model, which is not copied. Copy the files yourself if you trust them.");

    /// <summary>A file of the donor may not be copied into the output: it is too large, or a link that leaves the folder.</summary>
    static Diagnostic SideFileRefused(SideFile file, string text) => Error("MRG0258", new SourcePosition(file.Path), $"{Quoted(file.Name)} {text}");

    public static Diagnostic SideFileLeavesFolder(SideFile file, string target) => SideFileRefused(file,
        $"is a link to {Quoted(target)} outside of the model's folder, and it would be copied into the output. Put a copy of the file there, or remove the link.");

    public static Diagnostic SideFileTooLarge(SideFile file, long bytes) => SideFileRefused(file,
        $"has {bytes} bytes; files beside the weights are copied up to {SideFile.MostBytes}. Check what it is, and take it out of the folder.");
}
