using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Planning;

namespace MergeEngine.Adapters;

/// <summary>Another tensor in the place of the model's: a module that was trained whole, a bias, a resized embedding.</summary>
sealed record Replacement(StoredTensor By) : AdapterEdit
{
    public override IEnumerable<TensorInfo> Stored => By.Stored;

    public override bool KeepsTensor => false;

    public override TensorShape ShapeOf(TensorShape tensor) => By.Shape;

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) => By.KeyLines(digest).Select(line => $"instead {line}");

    public override LazyTensor Express(PlannedTensor tensor, TensorShape view, SourceScope scope) => Part(By, view, scope);

    public override TableReader ReaderIn(PlannedTensor tensor, SourceScope scope) => By.ReaderIn(scope);
}
