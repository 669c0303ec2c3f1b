namespace MergeEngine.Methods;

/// <summary>All methods of this assembly that merge recipes may name, by id; a new class is found by itself.</summary>
public static class MethodRegistry
{
    public static IReadOnlyDictionary<string, IMergeMethod> All { get; } = typeof(MethodRegistry).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMergeMethod)))
        .Select(type => (IMergeMethod)Activator.CreateInstance(type)!)
        .Where(method => !method.Spec.MakesAdapter)
        .OrderBy(method => method.Spec.Id, StringComparer.Ordinal)
        .ToDictionary(method => method.Spec.Id, StringComparer.Ordinal);
}
