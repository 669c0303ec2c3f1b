using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeEngine.Recipes;

namespace MergeEngine.Adapters;

/// <summary>Turns the factors that an adapter has for a module into edits of the module's tensors.</summary>
sealed class ModuleUpdate(AdapterConfig config, AdapterReference adapter, ModelTensors tensors, AdapterProblems problems)
{
    readonly ParameterUpdate parameters = new(config, adapter, tensors, problems);

    /// <summary>The module's own weight, or its parameters if the configuration names some.</summary>
    public void Add(AdapterModule module)
    {
        if (module.Parts.Keys.All(part => part == AdapterPart.TrainedRows)) return;
        bool isEmbedding = module[AdapterPart.EmbeddingA] is not null || module[AdapterPart.EmbeddingB] is not null;
        var (a, b) = isEmbedding ? (module[AdapterPart.EmbeddingA], module[AdapterPart.EmbeddingB]) : (module[AdapterPart.A], module[AdapterPart.B]);
        if (a is null || b is null || (isEmbedding && module[AdapterPart.A] is not null | module[AdapterPart.B] is not null)) problems.Incomplete(module.Name, "does not have one pair of factors");
        else if (config.UseMagnitudes != module[AdapterPart.Magnitudes] is not null)
            problems.Incomplete(module.Name, config.UseMagnitudes ? "lacks 'lora_magnitude_vector', which 'use_dora' asks for" : "has 'lora_magnitude_vector' without 'use_dora'");
        else if (config.UpdatesBiases && module[AdapterPart.BiasOfB] is null && !isEmbedding) problems.Incomplete(module.Name, "lacks 'lora_B.bias', which 'lora_bias' asks for");
        else if (!config.UpdatesBiases && module[AdapterPart.BiasOfB] is not null) problems.Incomplete(module.Name, "has 'lora_B.bias' without 'lora_bias'");
        else if (!parameters.TryAdd(module, a, b)) AddToWeight(module, a, b, isEmbedding);
    }

    void AddToWeight(AdapterModule module, TensorInfo a, TensorInfo b, bool isEmbedding)
    {
        if (module.Depth > 0 || tensors.Find(module.Parameter("weight")) is not { } name)
        {
            problems.Unplaced(a.Name, module.Parameter("weight"));
            return;
        }
        float scale = (float)(adapter.Weight * config.ScaleOf(module.Name));
        if (Factors(module.Name, a, b, tensors[name].Shape, isEmbedding) is not var (pair, ofColumns)) return;
        if (tensors[name].Shape.Count > 0) tensors.Edit(name, new LowRankUpdate([pair], scale));
        if (module[AdapterPart.Magnitudes] is { } lengths) SetLengths(name, lengths, ofColumns);
        if (module[AdapterPart.BiasOfB] is { } bias) AddToBias(module, bias, scale);
    }

    /// <summary>Which factor belongs to the rows of the tensor; null after a problem.</summary>
    (FactorPair Pair, bool OfColumns)? Factors(string module, TensorInfo a, TensorInfo b, TensorShape shape, bool isEmbedding)
    {
        if (a.Shape.Rank < 2 || b.Shape.Rank < 2 || shape.Rank < 2 || a.Shape.Count == 0 || b.Shape.Count == 0)
        {
            problems.Unfit(a.Name, $"{a.Shape} and {b.Shape} are no factors of {shape}");
            return null;
        }
        StoredMatrix left = StoredMatrix.Of(adapter.Path, b), right = StoredMatrix.Of(adapter.Path, a);
        int rank = config.RankOf(module);
        bool fits = a.Shape.Extents.AsSpan()[1..].SequenceEqual(shape.Extents.AsSpan()[1..]) && left.Rows == shape[0] && !isEmbedding;
        bool fitsTransposed = shape.Rank == 2 && right.Columns == shape[0] && left.Rows == shape[1];
        bool ofColumns = fitsTransposed && (!fits || config.FanInFanOut);
        if (right.Rows != rank || left.Columns != rank) problems.Unfit(a.Name, $"{a.Shape} and {b.Shape} do not have the rank {rank} of the configuration");
        else if (!fits && !fitsTransposed) problems.Unfit(a.Name, $"{a.Shape} and {b.Shape} are no factors of {shape}");
        else return (ofColumns ? new FactorPair(right.Transposed(), left.Transposed()) : new FactorPair(left, right), ofColumns);
        return null;
    }

    void SetLengths(string name, TensorInfo lengths, bool ofColumns)
    {
        TensorShape shape = tensors[name].Shape;
        long outputs = ofColumns ? shape[1] : shape[0];
        if (lengths.Shape.Count != outputs) problems.Unfit(lengths.Name, $"is {lengths.Shape}, but there are {outputs} outputs");
        else tensors.Edit(name, new Magnitudes(new StoredMatrix(adapter.Path, lengths, 0, 1, (int)outputs, outputs, 1), ofColumns));
    }

    void AddToBias(AdapterModule module, TensorInfo bias, float scale)
    {
        if (tensors.Find(module.Parameter("bias")) is not { } name) problems.Unplaced(bias.Name, module.Parameter("bias"));
        else if (!bias.Shape.Equals(tensors[name].Shape)) problems.Unfit(bias.Name, $"is {bias.Shape} against {tensors[name].Shape}");
        else tensors.Edit(name, new BiasUpdate(new StoredTensor(adapter.Path, bias, bias.Shape), scale));
    }
}
