using MergeEngine.Checkpoints;
using MergeEngine.Kernels;

namespace MergeEngine.Planning.Moe;

/// <summary>Computes router rows of token embeddings, once for all layers. Sums and norms are float64, in the order of the prompts.</summary>
sealed class EmbeddedPrompts(StoredTensor embeddings, IReadOnlyList<GatePrompts> prompts)
{
    const double SmallestNorm = 1e-8;

    readonly Lock held = new();
    readonly int columns = checked((int)embeddings.Shape[1]);
    float[]? rows;

    /// <summary>All rows, one after the other. Safe for several threads.</summary>
    /// <exception cref="MergeException">MRG0304: an embedding holds NaN or infinity.</exception>
    public ReadOnlySpan<float> Rows(TensorInput read, bool allowNonFinite)
    {
        lock (held) return rows ??= [.. prompts.SelectMany(expert => Row(expert, read, allowNonFinite))];
    }

    IEnumerable<float> Row(GatePrompts expert, TensorInput read, bool allowNonFinite)
    {
        double[] row = Normalized(Sum(expert.Positive, read, allowNonFinite));
        if (expert.Negative.Count > 0)
        {
            double[] negative = Normalized(Sum(expert.Negative, read, allowNonFinite));
            for (int i = 0; i < row.Length; i++) row[i] -= negative[i];
        }
        return Normalized(row).Select(value => (float)value);
    }

    double[] Sum(IReadOnlyList<long> tokens, TensorInput read, bool allowNonFinite)
    {
        var sum = new double[columns];
        var embedding = new float[columns];
        var stored = new byte[columns * embeddings.Dtype.Size()];
        foreach (long token in tokens)
        {
            read(embeddings.Info, token * stored.Length, stored);
            KernelSet.All[0].Decode(embeddings.Dtype, stored, embedding);
            int bad = allowNonFinite ? -1 : Array.FindIndex(embedding, value => !float.IsFinite(value));
            if (bad >= 0) throw new MergeException(Errors.NonFinite(embeddings.Info, embeddings.Model, token * columns + bad, embedding[bad]));
            for (int i = 0; i < columns; i++) sum[i] += embedding[i];
        }
        return sum;
    }

    static double[] Normalized(double[] row)
    {
        double squares = 0;
        foreach (double value in row) squares += value * value;
        double norm = Math.Max(Math.Sqrt(squares), SmallestNorm);
        for (int i = 0; i < row.Length; i++) row[i] /= norm;
        return row;
    }
}
