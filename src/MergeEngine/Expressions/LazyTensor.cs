namespace MergeEngine.Expressions;

/// <summary>A tensor that is described, not computed.</summary>
public abstract class LazyTensor
{
}
