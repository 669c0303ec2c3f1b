using MergeEngine;
using MergeEngine.LinearAlgebra;
using MergeTorch;

namespace MergeWorker;

/// <summary>Loads LibTorch as the project's properties say, when a recipe first needs it and never otherwise.</summary>
sealed class Torch(OptionValues options)
{
    TorchLinearAlgebra? loaded;

    /// <inheritdoc cref="LinearAlgebraSource"/>
    public ILinearAlgebra Find(SourcePosition position, string what) => loaded ??= options.Torch switch
    {
        TorchMode.Cpu => new TorchLinearAlgebra(TorchLibrary.Load(options.TorchDirectory, position, what)),
        TorchMode.Cuda => throw new MergeException(Errors.TorchWithoutCuda(position, what)),
        _ => throw new MergeException(Errors.LinearAlgebraOff(position, what)),
    };
}
