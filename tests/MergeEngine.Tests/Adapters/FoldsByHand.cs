namespace MergeEngine.Tests.Adapters;

/// <summary>The worked examples of methods-b, B-01, with its fixture L.</summary>
public sealed class FoldsByHand
{
    const string First = "\"r\": 2, \"lora_alpha\": 4", Second = "\"r\": 2, \"lora_alpha\": 2";

    static readonly float[] W = [0.5f, -0.25f, 0, 1, 1, 0, 0.75f, -0.5f, 0, 2, -1, 0.25f];
    static readonly float[] A1 = [1, 0.2f, -0.9f, 2, 0.1f, 1.3f, 0.7f, -0.4f], B1 = [1.1f, 0.3f, -0.2f, 2, -0.8f, 0.6f];
    static readonly float[] A2 = [1.8f, 0.6f, -0.3f, 0.5f, 0.9f, -0.1f, 0.4f, -1.4f], B2 = [0.5f, 1, 1.2f, -0.4f, 1.5f, -0.7f];
    static readonly float[] WithFirst = [2.76f, 0.97f, -1.56f, 5.16f, 1, 5.12f, 3.91f, -2.9f, -1.48f, 3.24f, 1.28f, -3.43f];

    static HandmadeModel Model => new("fc.weight", [3, 4], W);

    [Fact]
    public void AddOneAdapter() => Check(Model.With(First, Factors(A1, B1)), WithFirst);

    [Fact]
    public void AddTwoAdapters() => Check(
        Model.With(First, Factors(A1, B1)).With(Second, Factors(A2, B2)), [4.56f, 1.17f, -1.31f, 4.01f, 2.8f, 5.88f, 3.39f, -1.74f, 0.59f, 4.21f, 0.55f, -1.7f]);

    [Fact]
    public void DivideByTheRootOfTheRank() => Check(
        Model.With(First + ", \"use_rslora\": true", Factors(A1, B1)),
        [3.69612265f, 1.47534055f, -2.20617316f, 6.88312842f, 1, 7.24077344f, 5.21891486f, -3.89411255f, -2.09303607f, 3.75362482f, 2.22440692f, -4.95430591f]);

    [Fact]
    public void SetLengths() => Check(
        Model.With(First + ", \"use_dora\": true", [.. Factors(A1, B1), ("fc.lora_magnitude_vector", [3], [1.5f, 2, 2.5f])]),
        [0.6750007f, 0.23722851f, -0.38152213f, 1.26195783f, 0.28029657f, 1.43511844f, 1.09595959f, -0.81286005f, -0.72435901f, 1.58575891f, 0.62647265f, -1.67875094f]);

    [Fact]
    public void TurnWhatIsStoredByInputs() =>
        Check(new HandmadeModel("fc.weight", [4, 3], Turned(W)).With(First + ", \"fan_in_fan_out\": true", Factors(A1, B1)), Turned(WithFirst));

    [Fact]
    public void AddToEmbeddings() => Check(
        new HandmadeModel("table.weight", [3, 2], new float[6]).With("\"r\": 1, \"lora_alpha\": 0.5", ("table.lora_embedding_A", [1, 3], [1, -2, 3]), ("table.lora_embedding_B", [2, 1], [2, -1])),
        [1, -0.5f, -2, 1, 3, -1.5f]);

    /// <summary>In A the expert is outside, in B inside.</summary>
    [Fact]
    public void AddToStacksOfExperts() => Check(
        new HandmadeModel("experts.down_proj", [2, 1, 2], new float[4]).With(
            "\"r\": 2, \"lora_alpha\": 2, \"target_parameters\": [\"experts.down_proj\"]", ("experts.lora_A.weight", [4, 2], [1, 2, 0, 1, 3, -1, 2, 2]), ("experts.lora_B.weight", [1, 4], [1, 0.5f, 0, 2])),
        [1, 2, 5.5f, 3.5f]);

    static (string, int[], float[])[] Factors(float[] a, float[] b) => [("fc.lora_A.weight", [2, 4], a), ("fc.lora_B.weight", [3, 2], b)];

    /// <summary>[3, 4] to [4, 3].</summary>
    static float[] Turned(float[] values) => [.. Enumerable.Range(0, 12).Select(i => values[i % 3 * 4 + i / 3])];

    static void Check(HandmadeModel model, float[] expected)
    {
        using (model)
            Assert.All(expected.Zip(model.Fold()), pair => Assert.InRange(pair.Second, pair.First - 2e-6f, pair.First + 2e-6f));
    }
}
