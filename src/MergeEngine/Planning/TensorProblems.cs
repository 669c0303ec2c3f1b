namespace MergeEngine.Planning;

/// <summary>Collects what does not fit between the tensors of models, for one error a model and kind: MRG0202, MRG0173.</summary>
sealed class TensorProblems
{
    readonly List<(PlanSource Source, Kind Kind, string Text)> problems = [];

    enum Kind
    {
        Missing,
        Shape,
        Element,
        Dtype,
    }

    public void Missing(PlanSource source, string name) => problems.Add((source, Kind.Missing, name));

    public void Shape(PlanSource source, StepSource found, StepSource first) =>
        problems.Add((source, Kind.Shape, $"{found.Tensor.Name} {found.Tensor.Shape} against {first.Tensor.Shape} in '{first.Model}'"));

    public void OfKind(PlanSource source, StepSource found, StepSource first) => Add(source, Kind.Element, found, first);

    public void Dtype(PlanSource source, StepSource found, StepSource first) => Add(source, Kind.Dtype, found, first);

    void Add(PlanSource source, Kind kind, StepSource found, StepSource first) =>
        problems.Add((source, kind, $"{found.Tensor.Name} {found.Tensor.Dtype} against {first.Tensor.Dtype} in '{first.Model}'"));

    /// <param name="method">Id of the method.</param>
    public void Report(string method, List<Diagnostic> findings)
    {
        foreach (var group in problems.GroupBy(problem => (problem.Source.Model, problem.Kind)))
        {
            string[] texts = [.. group.Select(problem => problem.Text).Distinct()];
            findings.Add(group.Key.Kind switch
            {
                Kind.Missing => Errors.TensorsMissing(group.Key.Model, texts),
                Kind.Shape => Errors.ShapesDiffer(group.Key.Model, texts),
                Kind.Element => Errors.KindsDiffer(group.Key.Model, texts),
                _ => Errors.DtypesDiffer(group.Key.Model, method, texts),
            });
        }
    }
}
