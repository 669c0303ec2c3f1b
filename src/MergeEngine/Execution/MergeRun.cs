using MergeEngine.Checkpoints;
using MergeEngine.Kernels;
using MergeEngine.LinearAlgebra;
using MergeEngine.Methods;

namespace MergeEngine.Execution;

/// <summary>What all tensors of a run share.</summary>
/// <param name="Read">Reads inputs; safe for several threads.</param>
/// <param name="Write">Writes outputs; safe for several threads.</param>
/// <param name="Draws">Random numbers.</param>
/// <param name="AllowNonFinite">NaN and infinity pass through instead of being errors.</param>
/// <param name="Remarks">What methods find out.</param>
/// <param name="Kernels">Numeric operations.</param>
/// <param name="Threads">Compute threads.</param>
/// <param name="BudgetPerWorker">Bytes of buffers for one of them.</param>
/// <param name="TileSize">A multiple of 16; 0: chosen for each pass.</param>
sealed record MergeRun(
    TensorInput Read, TensorOutput Write, RandomDraws Draws, bool AllowNonFinite, MergeRemarks Remarks, KernelSet Kernels, int Threads, long BudgetPerWorker, int TileSize)
{
    /// <summary>Where a step needs it.</summary>
    public ILinearAlgebra? LinearAlgebra { get; init; }
}
