namespace MergeEngine;

/// <summary>What a machine lacks: MRG0020-MRG0029.</summary>
public static partial class Errors
{
    public static Diagnostic LinearAlgebraOff(SourcePosition position, string what) => Error("MRG0020", position,
        $"'{what}' needs linear algebra, and LibTorch is off. Set the property MergeTorch to cpu: the next restore fetches LibTorch once (128 MB). Or set MergeTorchDirectory to a folder that has it.");

    public static Diagnostic TorchMissing(SourcePosition position, string what, string folder, string file) => Error("MRG0021", position,
        $"'{what}' needs LibTorch, but '{folder}' has no '{file}'. With MergeTorch=cpu build once without --no-restore; with MergeTorchDirectory name the folder that holds the file.");

    public static Diagnostic TorchNotLoaded(SourcePosition position, string what, string file, string reason) => Error("MRG0022", position,
        $"'{what}' needs LibTorch, but '{file}' cannot be loaded: {reason} Correct MergeTorchDirectory, or leave it out and set MergeTorch to cpu.");

    public static Diagnostic TorchVersion(SourcePosition position, string what, string folder, string found, string expected) => Error("MRG0023", position,
        $"'{what}' needs LibTorch {expected}, but '{folder}' has {found}. Name a folder with {expected} in MergeTorchDirectory, or leave it out and set MergeTorch to cpu.");

    public static Diagnostic TorchWithoutCuda(SourcePosition position, string what) => Error("MRG0024", position,
        $"'{what}' needs linear algebra, which runs on processors only in this version. Set the property MergeTorch to cpu.");
}
