using MergeEngine.Architectures;
using MergeEngine.LinearAlgebra;
using MergeEngine.Output;
using MergeEngine.Recipes;

namespace MergeEngine.Planning.Extraction;

/// <summary>Plans an adapter that is taken from a model: one step for each module, and PEFT's files.</summary>
sealed class ExtractionPlanner(ExtractionRecipe recipe, PlanningContext context)
{
    /// <summary>Their linear modules are Conv1D: weights stored input first.</summary>
    static readonly string[] InputFirst = ["gpt2", "imagegpt", "openai-gpt"];

    /// <summary>Endings of class names and PEFT's words for what such a model does.</summary>
    static readonly (string Ending, string TaskType)[] TaskTypes =
    [
        ("ForCausalLM", "CAUSAL_LM"), ("LMHeadModel", "CAUSAL_LM"), ("ForSequenceClassification", "SEQ_CLS"), ("ForTokenClassification", "TOKEN_CLS"),
        ("ForQuestionAnswering", "QUESTION_ANS"), ("ForConditionalGeneration", "SEQ_2_SEQ_LM"),
    ];

    readonly List<Diagnostic> findings = [];

    /// <exception cref="UnfitResultException">A recipe whose result this one uses has to be merged first.</exception>
    /// <exception cref="MergeException">MRG0020-MRG0029, MRG0185-MRG0194, and what is wrong with the models; all of it.</exception>
    public MergePlan Plan()
    {
        RecipeModels models = MergePlanner.Models(recipe, recipe.Base!.Value.Value, context, findings);
        if (recipe.AllowDroppedTensors is not { Value: true }) findings.AddRange(recipe.Models.Select(models.Dropped).OfType<Diagnostic>());
        ILinearAlgebra? algebra = MergePlanner.Try(() => context.LinearAlgebra(recipe.Method.Position, recipe.Spec.Id), findings);
        IReadOnlyList<ModulePlace> places = new ModulePlaces(recipe, models, findings).Find();
        var builder = new ExtractionSteps(recipe, models, places, IsInputFirst(models.Donor.Config), findings);
        IReadOnlyList<MergeStep> steps = builder.Build();
        Check(places, steps);
        return Plan(models, algebra!, Outline(models, places, builder), steps);
    }

    MergePlan Plan(RecipeModels models, ILinearAlgebra algebra, AdapterOutline outline, IReadOnlyList<MergeStep> steps) => new()
    {
        Recipe = recipe,
        Steps = steps,
        Seed = context.Seed ?? 0,
        ShardBytes = 0,
        WeightsName = AdapterOutline.WeightsName,
        Donor = models.Donor,
        Models = [.. models.All],
        Results = models.Results,
        References = [.. recipe.Models.Select(model => (model.Value, models[model.Value]))],
        Texts = [outline.Config([.. steps.Select(step => step.Factoring).OfType<Factoring>()])],
        SideFiles = [],
        Adapter = outline,
        LinearAlgebra = algebra,
        Warnings = [.. findings.Distinct()],
    };

    void Check(IReadOnlyList<ModulePlace> places, IReadOnlyList<MergeStep> steps)
    {
        string[] resized = [.. places.Where(place => place is { HasOtherShape: true, IsVocabulary: true }).Select(place => place.Name)];
        if (resized.Length > 0) findings.Add(Errors.VocabularyGrew(recipe.Model.Position, resized));
        if (steps.Count == 0 && findings.TrueForAll(finding => finding.Severity != Severity.Error)) findings.Add(Errors.NothingToExtract(recipe.Method.Position));
        MergePlanner.ThrowIfErrors(findings);
    }

    AdapterOutline Outline(RecipeModels models, IReadOnlyList<ModulePlace> places, ExtractionSteps builder) => new()
    {
        BaseModel = InputModel.Shown(recipe.Base!.Value.Value.ToString()),
        TaskType = TaskTypes.FirstOrDefault(type => models.Donor.Config.Architectures?.FirstOrDefault()?.EndsWith(type.Ending, StringComparison.Ordinal) == true).TaskType,
        FanInFanOut = IsInputFirst(models.Donor.Config),
        HasBiases = builder.HasBiases,
        IsResized = places.Any(place => place.HasOtherShape),
        Modules = [.. new ModulePlaces(recipe with { Modules = new ModuleChoice([], [], []) }, models, []).Find().Select(place => place.Module).Distinct()],
        Saved = [.. builder.Saved],
    };

    static bool IsInputFirst(ModelConfig config) => InputFirst.Contains(config.ModelType);
}
