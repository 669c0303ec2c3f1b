using MergeEngine.Architectures;
using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Makes the step of one output tensor, or none: an optional tensor that no model stores, or after an error.</summary>
/// <param name="tables">Fits vocabulary tables to the output's vocabulary; null: the recipe asks for none, or it cannot be had.</param>
sealed class StepBuilder(MergeRecipe recipe, ParameterResolver parameters, VocabularyTables? tables, TensorProblems problems, List<Diagnostic> findings)
{
    /// <summary>Why a <see cref="MergedTensor"/> is not computed inside a merge.</summary>
    public const string TooLarge = "merges are nested too deep, or have too many inputs together";

    static readonly IReadOnlyDictionary<string, double> None = new Dictionary<string, double>();

    readonly SortedSet<string> zeroSums = new(StringComparer.Ordinal);
    readonly PlanChecks checks = new(recipe, parameters);
    readonly List<string> omitted = [];
    readonly List<string> cropped = [];
    readonly Dictionary<string, string> unfit = new(StringComparer.Ordinal);

    MethodSpec Spec => recipe.Spec;

    /// <summary>Rows of the vocabulary tensors, where they were cropped to those of the smallest model, or an adapter has resized them.</summary>
    public long? CroppedRows { get; private set; }

    /// <summary>Results of other recipes that cannot be computed inside this merge, and why.</summary>
    public IReadOnlyDictionary<string, string> Unfit => unfit;

    /// <param name="place">Layer within the slice; 0 outside layers.</param>
    /// <param name="t">Place in gradients.</param>
    /// <param name="outputName">Name of the output tensor.</param>
    public MergeStep? Build(PlanSlice slice, TensorTemplate template, int place, double t, string outputName)
    {
        List<Input> inputs = [.. slice.Sources.Select(source => new Input(source, template, place))];
        if (template.Optional && inputs.TrueForAll(input => !input.IsStored)) return null;
        bool lacksBase = Spec.NeedsBase && !(Spec.CopiesTheOnlyOne && template.Optional) && inputs.Exists(input => input.Source.IsBase && input.Tensor is null);
        foreach (Input input in inputs.Where(input => input.Tensor is null && (!template.Optional || lacksBase && input.Source.IsBase))) problems.Missing(input.Source, input.Name);
        List<Input> present = [.. inputs.Where(input => input.Tensor is not null)];
        if (present.Count == 0 || lacksBase) return null;
        StepSource[] sources = [.. present.Select(input => input.AsSource)];
        if (!CanBeExpressed(present, sources)) return null;
        if (!KindsFit(present, sources)) return null;
        return sources[0].Tensor.Dtype.IsFloat() ? Merged(slice, template, present, sources, t, outputName) : Copied(sources, outputName);
    }

    public void Report()
    {
        checks.Report(findings);
        if (zeroSums.Count > 0) findings.Add(Errors.WeightsSumToZero(recipe.Method.Position, Spec.DividesByWeights!.Name, [.. zeroSums]));
        if (omitted.Count > 0) findings.Add(Errors.TooFewStoreIt(recipe.Method.Position, Spec, omitted));
        if (cropped.Count > 0) findings.Add(Errors.VocabularyCropped(recipe.Method.Position, cropped, CroppedRows!.Value));
    }

    /// <summary>Integer and boolean tensors are not merged: mergekit makes nonsense of them or fails.</summary>
    static MergeStep Copied(StepSource[] sources, string outputName)
    {
        StepSource source = sources.FirstOrDefault(source => source.IsBase) ?? sources[0];
        return new MergeStep(outputName, source.Tensor.Shape, source.Tensor.Dtype, null, [source], None);
    }

    MergeStep? Merged(PlanSlice slice, TensorTemplate template, List<Input> present, StepSource[] sources, double t, string outputName)
    {
        sources = [.. present.Zip(sources, (input, source) => source with { Parameters = parameters.OfSource(slice, input.Source, input.Name, t) })];
        var ofMethod = parameters.OfMethod(slice, outputName, t);
        if (recipe.Tokenizer is not null && VocabularyTables.Fits(template, sources))
        {
            if (tables?.Fit(outputName, template, [.. present.Zip(sources, (input, source) => (input.Source.Model.Value, source))]) is not { } fitted) return null;
            sources = fitted;
        }
        TensorShape view = View(template, present, sources);
        if (template.IsEmbedding && present.Exists(input => input.IsResized)) CroppedRows ??= view[0];
        bool tooFew = sources.Count(source => Spec.BaseIsInput || !source.IsBase) is > 0 and int count && count < Spec.MinModels && !(Spec.CopiesTheOnlyOne && count == 1);
        if (tooFew) omitted.Add(outputName);
        if (Spec.DividesByWeights is { } normalize && ofMethod[normalize.Name] != 0 && SumsToZero(sources)) zeroSums.Add(outputName);
        checks.Add(slice, present.Zip(sources, (input, source) => (input.Source, input.Name, source.Parameters)), ofMethod, (outputName, view));
        if (tooFew || !CanBeCropped(present, sources, view)) return null;
        Dtype dtype = OutputDtype.Of(recipe, sources);
        if (recipe.Dtype is { } loaded && loaded.Value != dtype && IsCopied(sources[0])) sources = [sources[0] with { Tensor = new ConvertedTensor(sources[0].Tensor, loaded.Value) }];
        return new MergeStep(
            outputName, view, dtype, recipe.Method.Value, [.. sources.Select(source => source.Tensor.Shape.Equals(view) ? source : source with { Tensor = source.Tensor.Crop(view) })], ofMethod);
    }

    /// <summary>No arithmetic happens, so that the result is one of conversions only: first to <c>dtype</c>, then to <c>out_dtype</c>.</summary>
    bool IsCopied(StepSource source) => recipe.Method.Value is Passthrough && double.IsNaN(source.Parameters["scale"]);

    bool CanBeExpressed(List<Input> present, StepSource[] sources) =>
        Mark(present, sources, source => source.Tensor.Result is { IsTooLarge: true }, TooLarge);

    bool CanBeCropped(List<Input> present, StepSource[] sources, TensorShape view) =>
        Mark(present, sources, source => source.Tensor.Result is not null && !source.Tensor.Shape.Equals(view), "only the leading rows of its vocabulary are used");

    bool Mark(List<Input> present, StepSource[] sources, Func<StepSource, bool> isUnfit, string reason)
    {
        int[] found = [.. Enumerable.Range(0, sources.Length).Where(i => isUnfit(sources[i]))];
        foreach (int i in found) unfit.TryAdd(present[i].Source.Model.Value.Path, reason);
        return found.Length == 0;
    }

    bool SumsToZero(StepSource[] sources) => sources.Where(source => Spec.BaseIsInput || !source.IsBase).ToArray() is { Length: > 0 } inputs
        && inputs.Aggregate(0f, (sum, source) => sum + (float)source.Parameters["weight"]) == 0;

    bool KindsFit(List<Input> present, StepSource[] sources)
    {
        int[] others = [.. Enumerable.Range(0, sources.Length).Where(i => sources[i].Tensor.Dtype.IsFloat() != sources[0].Tensor.Dtype.IsFloat())];
        foreach (int i in others) problems.OfKind(present[i].Source, sources[i], sources[0]);
        int[] dtypes = Spec.NeedsOneDtype && recipe.Dtype is null ? [.. Enumerable.Range(0, sources.Length).Where(i => sources[i].Tensor.Dtype != sources[0].Tensor.Dtype)] : [];
        foreach (int i in dtypes.Except(others)) problems.Dtype(present[i].Source, sources[i], sources[0]);
        return others.Length == 0;
    }

    /// <summary>The shape that all have; of vocabulary tensors, where the method crops them, leading rows and columns.</summary>
    TensorShape View(TensorTemplate template, List<Input> present, StepSource[] sources)
    {
        StepSource first = sources.FirstOrDefault(source => source.IsBase && Spec.Vocabularies == VocabularyRule.Base) ?? sources[0];
        TensorShape view = template.IsEmbedding && Array.TrueForAll(sources, source => source.Tensor.Shape.Rank == 2) ? Cropped(first, sources) : first.Tensor.Shape;
        bool fits = true;
        for (int i = 0; i < sources.Length; i++)
        {
            if (Fits(sources[i].Tensor.Shape, view)) continue;
            problems.Shape(present[i].Source, sources[i], first);
            fits = false;
        }
        if (fits) AddCropped(view, sources);
        return view;

        bool Fits(TensorShape shape, TensorShape view) => shape.Equals(view)
            || template.IsEmbedding && Spec.Vocabularies != VocabularyRule.Equal && shape.Rank == 2 && view.Rank == 2 && shape[0] >= view[0] && shape[1] >= view[1];
    }

    TensorShape Cropped(StepSource first, StepSource[] sources) => Spec.Vocabularies == VocabularyRule.Smallest
        ? new TensorShape(sources.Min(source => source.Tensor.Shape[0]), sources.Min(source => source.Tensor.Shape[1]))
        : first.Tensor.Shape;

    void AddCropped(TensorShape view, StepSource[] sources)
    {
        StepSource[] larger = [.. sources.Where(source => !source.Tensor.Shape.Equals(view))];
        if (larger.Length == 0) return;
        cropped.AddRange(larger.Select(source => $"{source.Tensor.Name} {source.Tensor.Shape} of '{source.Model}'"));
        CroppedRows = view[0];
    }

    /// <summary>A source's tensor for one place of the output.</summary>
    sealed class Input(PlanSource source, TensorTemplate template, int place)
    {
        public PlanSource Source => source;

        public string Name { get; } = template.NameFor(source.First + place, source.LayerCount);

        public TensorInfo? Tensor { get; } = template.FindIn(source.Opened.Checkpoint.Tensors, source.First + place, source.LayerCount);

        /// <summary>The model has the tensor itself, not only one that it is tied to.</summary>
        public bool IsStored => template.FindOwnIn(source.Opened.Checkpoint.Tensors, source.First + place, source.LayerCount) is not null;

        /// <summary>An adapter gives the vocabulary another size.</summary>
        public bool IsResized => Tensor is { Shape.Rank: > 0 } && source.Opened.Planned(source.Name, Tensor).Shape[0] != Tensor.Shape[0];

        public StepSource AsSource => new(source.Name, source.Opened.Planned(source.Name, Tensor!), source.IsBase, source.ModelIndex, None);
    }
}
