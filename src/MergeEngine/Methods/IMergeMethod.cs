using MergeEngine.Expressions;

namespace MergeEngine.Methods;

/// <summary>A merge method: a declaration and a function from lazy tensors to a lazy tensor.</summary>
/// <remarks>It sees no files, devices, threads, dtypes or logs. Only asking a reduction for its value reads anything.</remarks>
public interface IMergeMethod
{
    MethodSpec Spec { get; }

    /// <returns>The merged tensor, of the inputs' shape.</returns>
    LazyTensor Merge(MergeInputs inputs);
}
