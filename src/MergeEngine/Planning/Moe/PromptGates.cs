using System.Security.Cryptography;
using System.Text;
using MergeEngine.Checkpoints;
using MergeEngine.Expressions;
using MergeEngine.Expressions.Operations;

namespace MergeEngine.Planning.Moe;

/// <summary>Rows of a router, one per expert: the sum of the embeddings of its prompts' tokens, of length 1. Small, computed once and held.</summary>
/// <remarks>With negative prompts: the difference of both sums, each of length 1 before, of length 1 again. Source: mergekit-moe, <c>cheap_embed</c>.</remarks>
/// <param name="Embeddings">A row per token.</param>
/// <param name="Prompts">An entry per expert; all tokens have rows.</param>
sealed record PromptGates(StoredTensor Embeddings, IReadOnlyList<GatePrompts> Prompts) : PlannedTensor
{
    /// <summary>Raised when the same prompts give other numbers.</summary>
    const int Revision = 1;

    readonly EmbeddedPrompts rows = new(Embeddings, Prompts);

    public override string Name => Embeddings.Name;

    public override TensorShape Shape { get; } = new(Prompts.Count, Embeddings.Shape[1]);

    public override Dtype Dtype => Embeddings.Dtype;

    public override IEnumerable<TensorInfo> Stored => Embeddings.Stored;

    /// <summary>The rows, and three of them while they are computed.</summary>
    public override long HeldBytes => Shape.Count * sizeof(float) + Shape[1] * 3 * sizeof(double);

    public override IEnumerable<string> KeyLines(Func<TensorInfo, string> digest) =>
        [.. Embeddings.KeyLines(digest), $"gates {Revision} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Prompts.Select(Text)))))}"];

    /// <exception cref="NotSupportedException">Always: a router has one row per expert.</exception>
    public override PlannedTensor Crop(TensorShape view) => throw new NotSupportedException("A router has one row per expert.");

    internal override LazyTensor Express(SourceScope scope) => new(scope.Tensors, new HeldRows(rows, scope.AllowNonFinite));

    static string Text(GatePrompts prompts) => $"{string.Join(' ', prompts.Positive)} - {string.Join(' ', prompts.Negative)}";
}
