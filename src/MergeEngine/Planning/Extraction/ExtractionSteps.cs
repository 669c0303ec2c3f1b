using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Extraction;

/// <summary>Decides for each module whether it is stored as factors, whole, or not at all, and makes the steps.</summary>
/// <param name="isInputFirst">Weights of linear modules are stored input first.</param>
sealed class ExtractionSteps(ExtractionRecipe recipe, RecipeModels models, IReadOnlyList<ModulePlace> places, bool isInputFirst, List<Diagnostic> findings)
{
    /// <summary>PEFT's wrapping of a model.</summary>
    const string Prefix = "base_model.model.";

    static readonly IReadOnlyDictionary<string, double> None = new Dictionary<string, double>();
    static readonly IMergeMethod Whole = MethodRegistry.All["passthrough"];
    static readonly Dictionary<string, double> WholeParameters = Whole.Spec.Parameters.ToDictionary(parameter => parameter.Name, _ => double.NaN);

    readonly HashSet<string> factored = [.. places.Where(place => CanBeFactored(recipe, place)).Select(place => place.Module)];
    readonly SortedSet<string> saved = new(StringComparer.Ordinal);

    /// <summary>Names of the modules that are stored whole.</summary>
    public IReadOnlyCollection<string> Saved => saved;

    /// <summary>Differences of biases are stored beside factors.</summary>
    public bool HasBiases => places.Any(IsBiasOfFactors);

    public IReadOnlyList<MergeStep> Build()
    {
        KeepEmbeddingsWhole();
        return [.. places.Where(place => place.Tuned!.Dtype.IsFloat()).Select(Step).OfType<MergeStep>()];
    }

    static bool CanBeFactored(ExtractionRecipe recipe, ModulePlace place) => place.IsMatrix && !place.HasOtherShape && place.Tuned!.Shape.Count > 0
        && !recipe.Modules.IsSaved(place.Module) && (!place.IsVocabulary || Value(recipe, ExtractLora.EmbedLora, place) != 0);

    /// <summary>PEFT has no biases for factors of embeddings, and the setting is one for all modules.</summary>
    void KeepEmbeddingsWhole()
    {
        string[] lookUps = [.. places.Where(place => place.IsLookUp && factored.Contains(place.Module)).Select(place => place.Module)];
        if (lookUps.Length == 0 || !HasBiases) return;
        factored.ExceptWith(lookUps);
        findings.Add(Errors.EmbeddingsStayWhole(recipe.Method.Position, lookUps));
    }

    MergeStep? Step(ModulePlace place)
    {
        if (place.IsMatrix && factored.Contains(place.Module)) return Factored(place);
        if (IsBiasOfFactors(place)) return Difference($"{Prefix}{place.Module}.lora_B.bias", place);
        bool isSkipped = !place.IsMatrix && !recipe.Modules.IsSaved(place.Module) && Value(recipe, ExtractLora.SkipUndecomposable, place) != 0;
        if (isSkipped) return null;
        saved.Add(place.Module);
        return new MergeStep(Prefix + place.Name, place.Tuned!.Shape, TypeOf(place), Whole, [Source(recipe.Model.Value, place.Tuned, isBase: false, WholeParameters)], None);
    }

    bool IsBiasOfFactors(ModulePlace place) => place.Leaf == "bias" && factored.Contains(place.Module);

    MergeStep Factored(ModulePlace place)
    {
        var (rows, columns) = Factoring.SizeOf(place.Tuned!.Shape);
        if (place.Tuned.Shape.Count > int.MaxValue) findings.Add(Errors.MatrixTooLarge(recipe.Method.Position, place.Name, $"{rows} x {columns}"));
        string name = Prefix + place.Module + (place.IsLookUp ? ".lora_embedding_" : ".lora_"), ending = place.IsLookUp ? "" : ".weight";
        long rank = Math.Min((long)Value(recipe, ExtractLora.MaxRank, place), Math.Min(rows, columns));
        return Difference(place.Name, place) with
        {
            Factoring = new Factoring(place.Module, $"{name}A{ending}", $"{name}B{ending}", (int)rank)
            {
                IsTransposed = place.IsLookUp || isInputFirst && !place.IsVocabulary && place.Tuned.Shape.Rank == 2,
                IsDistributed = Value(recipe, ExtractLora.DistributeScale, place) != 0,
                Epsilon = Value(recipe, ExtractLora.SvEpsilon, place),
                Energy = Value(recipe, ExtractLora.Energy, place),
            },
        };
    }

    MergeStep Difference(string name, ModulePlace place) => new(name, place.Tuned!.Shape, TypeOf(place), recipe.Method.Value,
        [Source(recipe.Base!.Value.Value, place.Base!, isBase: true, None), Source(recipe.Model.Value, place.Tuned, isBase: false, None)], None);

    /// <exception cref="UnfitResultException">The model is the result of another recipe that cannot be computed inside this one.</exception>
    StepSource Source(ModelReference model, TensorInfo tensor, bool isBase, IReadOnlyDictionary<string, double> parameters)
    {
        PlannedTensor planned = models[model].Planned(model.ToString(), tensor);
        if (planned is MergedTensor { IsTooLarge: true }) throw new UnfitResultException(recipe, new Dictionary<string, string> { [model.Path] = StepBuilder.TooLarge });
        return new StepSource(model.ToString(), planned, isBase, isBase ? -1 : 0, parameters);
    }

    Dtype TypeOf(ModulePlace place) => recipe.Dtype?.Value ?? place.Base!.Dtype;

    /// <summary>The recipe's value for one tensor; filters see its name. A gradient between whole numbers is cut to one.</summary>
    static double Value(ExtractionRecipe recipe, Parameter parameter, ModulePlace place) =>
        recipe.Parameters.GetValueOrDefault(parameter.Name)?.Evaluate(place.Name, place.At) ?? parameter.Default;
}
