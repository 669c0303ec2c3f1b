using MergeEngine.Architectures;
using MergeEngine.Methods;
using MergeEngine.Recipes;

namespace MergeEngine.Planning;

/// <summary>Makes slices of a recipe ready: layer numbers, the base where it is implied, each model once.</summary>
sealed class SliceBuilder(MergeRecipe recipe, RecipeModels models, List<Diagnostic> findings)
{
    static readonly IReadOnlyDictionary<string, Setting> NoParameters = new Dictionary<string, Setting>();

    MethodSpec Spec => recipe.Spec;

    /// <returns>Null after an error.</returns>
    public PlanSlice? Build(RecipeSlice slice, RecipeModule owner, ArchitectureModule module)
    {
        int errors = findings.Count(finding => finding.Severity == Severity.Error);
        List<PlanSource> sources = [.. slice.Sources.Select(source => Open(source, module))];
        CheckLengths(sources);
        Placed<ModelReference>? sliceBase = slice.Base ?? recipe.Base;
        if (sliceBase is { } given && sources.TrueForAll(source => source.Model.Value != given.Value)) AddBase(sources, given, slice, module);
        sources = Number(EachOnce(sources), sliceBase?.Value);
        CheckNumber(slice, sources);
        bool valid = findings.Count(finding => finding.Severity == Severity.Error) == errors;
        return valid ? new PlanSlice(slice.Position, sources, [slice.Parameters, owner.Parameters, recipe.Parameters]) : null;
    }

    PlanSource Open(RecipeSource source, ArchitectureModule module)
    {
        OpenModel opened = models[source.Model.Value];
        int all = LayerCount(opened, module);
        LayerRange layers = source.Layers?.Value ?? new LayerRange(0, all);
        if (layers.End > all) findings.Add(Errors.LayersPastEnd(source.Layers!.Value.Position, source.Model.Value, layers, all));
        return new PlanSource(source.Model, opened, layers.Start, layers.Count, all, source.Parameters);
    }

    int LayerCount(OpenModel opened, ArchitectureModule module)
    {
        try
        {
            return module.LayerCount(opened.Config);
        }
        catch (MergeException e)
        {
            findings.AddRange(e.Diagnostics);
            return 0;
        }
    }

    /// <summary>Slices cannot differ in length: their reader saw to it. Whole models can.</summary>
    void CheckLengths(List<PlanSource> sources)
    {
        foreach (PlanSource source in sources.Where(source => source.Count != sources[0].Count))
            findings.Add(Errors.LayerCountsDiffer(source.Model, source.Count, sources[0].Model.Value, sources[0].Count));
    }

    /// <summary>mergekit adds an unlisted base to <c>models</c> only; in <c>slices</c> a method that needs it would fail, so we add it there too.</summary>
    void AddBase(List<PlanSource> sources, Placed<ModelReference> given, RecipeSlice slice, ArchitectureModule module)
    {
        if (!slice.WholeModels && !Spec.NeedsBase && !Spec.TakesBase) return;
        var layers = slice.WholeModels ? (Placed<LayerRange>?)null : new Placed<LayerRange>(new LayerRange(sources[0].First, sources[0].First + sources[0].Count), slice.Position);
        PlanSource added = Open(new RecipeSource(given, layers, NoParameters), module);
        if (added.Count != sources[0].Count) CheckLengths([sources[0], added]);
        sources.Add(added);
        if (!slice.WholeModels)
            findings.Add(Errors.BaseAddedToSlice(slice.Position, given.Value));
        else if (Spec.BaseIsInput && Spec.MaxModels > 1)
            findings.Add(Errors.BaseIsOneMoreModel(given.Position, given.Value, Spec.Id));
    }

    /// <summary>A model that is named twice is one input; with other layers it is another one (mergekit loses the first).</summary>
    List<PlanSource> EachOnce(List<PlanSource> sources)
    {
        List<PlanSource> once = [];
        foreach (PlanSource source in sources)
        {
            int known = once.FindIndex(other => other.Model.Value == source.Model.Value && other.First == source.First);
            if (once.Exists(other => other.Model.Value == source.Model.Value)) findings.Add(Errors.ModelTwice(source.Model, isOneInput: known >= 0));
            if (known < 0) once.Add(source);
            else once[known] = once[known] with { Parameters = Union(once[known].Parameters, source.Parameters) };
        }
        return once;
    }

    /// <summary>The first that has a parameter gives it.</summary>
    static Dictionary<string, Setting> Union(IReadOnlyDictionary<string, Setting> first, IReadOnlyDictionary<string, Setting> second) =>
        first.Concat(second.Where(setting => !first.ContainsKey(setting.Key))).ToDictionary();

    static List<PlanSource> Number(List<PlanSource> sources, ModelReference? sliceBase)
    {
        int baseAt = sources.FindIndex(source => source.Model.Value == sliceBase);
        return [.. sources.Select((source, i) => source with { IsBase = i == baseAt, ModelIndex = i == baseAt ? -1 : baseAt >= 0 && i > baseAt ? i - 1 : i })];
    }

    void CheckNumber(RecipeSlice slice, List<PlanSource> sources)
    {
        int count = sources.Count(source => Spec.BaseIsInput || !source.IsBase);
        if (count < Spec.MinModels || count > Spec.MaxModels) findings.Add(Errors.NumberOfModels(slice.Position, Spec, count));
    }
}
