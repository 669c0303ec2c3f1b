namespace MergeWorker;

/// <summary>Values of the property MergeTorch.</summary>
enum TorchMode
{
    /// <summary>Recipes that need linear algebra fail.</summary>
    Off,

    /// <summary>LibTorch on the processor.</summary>
    Cpu,

    /// <summary>Not in this version.</summary>
    Cuda,
}
