namespace MergeEngine.Methods;

/// <summary>All methods of this assembly, by id; a new class is found by itself.</summary>
public static class MethodRegistry
{
    public static IReadOnlyDictionary<string, IMergeMethod> All { get; } = typeof(MethodRegistry).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IMergeMethod)))
        .Select(type => (IMergeMethod)Activator.CreateInstance(type)!)
        .OrderBy(method => method.Spec.Id, StringComparer.Ordinal)
        .ToDictionary(method => method.Spec.Id, StringComparer.Ordinal);
}
