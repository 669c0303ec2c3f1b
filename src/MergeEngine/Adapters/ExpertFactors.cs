using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>The factors of a stack of experts.</summary>
/// <param name="A">[experts · rank, in], the expert outside.</param>
/// <param name="B">[out, rank · experts], the expert inside.</param>
sealed record ExpertFactors(StoredMatrix A, StoredMatrix B, int Rank, int Experts)
{
    public int Inputs => A.Columns;

    public int Outputs => B.Rows;

    /// <summary>The update of some of an expert's outputs, stored [out, in].</summary>
    public FactorPair Of(int expert, int firstOutput, int outputs) => new(ColumnsOf(expert).Transposed().Take(firstOutput, outputs), A.Take(expert * Rank, Rank));

    /// <summary>The update of an expert whose matrix is stored [in, out].</summary>
    public FactorPair Transposed(int expert) => new(A.Take(expert * Rank, Rank).Transposed(), ColumnsOf(expert));

    /// <summary>The expert's columns of B, as rows.</summary>
    StoredMatrix ColumnsOf(int expert) => B.Transposed().Take(expert, Rank, Experts);
}
