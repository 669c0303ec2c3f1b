using MergeEngine.Checkpoints;
using MergeEngine.Execution;
using MergeEngine.Kernels;
using MergeEngine.Methods;
using MergeEngine.Planning;

namespace MergeEngine.Tests.Execution;

/// <summary>Tables whose rows are put in another order while they are merged.</summary>
public class GatheredTables
{
    static readonly RowOrigin[] Mean = [new(1, 1), new(2, 0)];

    /// <summary>The example of Planning.RowsOfTokens: base x y, one model y z, another z y w; two rows of padding. By hand.</summary>
    [Fact]
    public void GiveTheSumByHand()
    {
        var tensors = new MemoryTensors();
        TensorInfo[] tables = [Table(tensors, "base", [1, 2, 3, 4]), Table(tensors, "m1", [5, 6, 7, 8]), Table(tensors, "m2", [9, 10, 11, 12, 13, 14])];
        RowOrigin[] padding = [RowOrigin.Padding, RowOrigin.Padding];
        RowOrigin[][] maps = [[new(0, 0), new(0, 1), RowOrigin.Mean(0), new(2, 2), .. padding], [new(0, 0), new(1, 0), new(1, 1), new(2, 2), .. padding], [new(0, 0), new(2, 1), new(2, 0), new(2, 2), .. padding]];
        MergeStep step = Step("linear", tables, maps, [Mean], 2);
        foreach (MergeOptions options in RunSettings.All)
            Assert.Equal([3, 6, 19, 22, 24, 27, 39, 42, 21.25f, 24.25f, 21.25f, 24.25f], MemoryTensors.Floats(MemoryMerge.Run(tensors, [step], options).Outputs[0]));
    }

    [Fact]
    public void AreZeroWhereNoModelHasTheToken()
    {
        var tensors = new MemoryTensors();
        MergeStep step = Step("linear", [Table(tensors, "a", [1, 2, 3, 4])], [[new(0, 1), RowOrigin.Zero]], [], 2);
        Assert.Equal([3, 4, 0, 0], MemoryTensors.Floats(MemoryMerge.Run(tensors, [step], new MergeOptions()).Outputs[0]));
    }

    /// <summary>Random maps with all kinds of rows, over blocks and tiles, in three element types, through methods of one pass and of several.</summary>
    [Theory]
    [InlineData("linear")]
    [InlineData("ties")]
    [InlineData("slerp")]
    public void HaveTheSameBitsForAllKernelsTilesAndThreads(string method)
    {
        const int Rows = 900, Columns = 131;
        var (tensors, random) = (new MemoryTensors(), new Random(7));
        Dtype[] dtypes = [Dtype.F32, Dtype.BF16, Dtype.F16];
        int models = method == "slerp" ? 2 : 3;
        TensorInfo[] tables = [.. Enumerable.Range(0, models).Select(model => Table(tensors, $"m{model}", [.. Enumerable.Range(0, 500 * Columns).Select(_ => random.NextSingle() - 0.5f)], dtypes[model], Columns))];
        RowOrigin[][] maps = [.. tables.Select(_ => Enumerable.Range(0, Rows).Select(row => row >= 880 ? RowOrigin.Padding : Any(random, models)).ToArray())];
        RowOrigin[][] means = [.. Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, models).Select(model => new RowOrigin(model, random.Next(500))).ToArray())];
        MergeStep step = Step(method, tables, maps, means, Columns);
        string first = MemoryMerge.Run(tensors, [step], RunSettings.All[0]).Digests[0];
        foreach (MergeOptions options in RunSettings.Paired) Assert.Equal(first, MemoryMerge.Run(tensors, [step], options).Digests[0]);
    }

    [Fact]
    public void RefuseWhatIsNotFinite()
    {
        var tensors = new MemoryTensors();
        MergeStep step = Step("linear", [Table(tensors, "a", [1, 2, 3, float.NaN])], [[new(0, 1), new(0, 0)]], [], 2);
        Diagnostic error = Assert.Throws<MergeException>(() => MemoryMerge.Run(tensors, [step], new MergeOptions())).Diagnostics.Single();
        Assert.Equal("MRG0304", error.Code);
        Assert.Contains("element 3 of [2, 2]", error.Text, StringComparison.Ordinal);
        Assert.Contains("'m0'", error.Text, StringComparison.Ordinal);
    }

    /// <summary>Two tables of 32,000 x 2048, each with tokens of its own, and padding.</summary>
    [Fact]
    public void OfRealSizeStayInsideTheBudget()
    {
        const long Budget = 4 << 20;
        const int Rows = 32_000, Columns = 2048, Union = 33_024;
        TensorInfo[] tables = [.. Enumerable.Range(0, 2).Select(model => new TensorInfo("w", Dtype.BF16, new TensorShape(Rows, Columns), $"m{model}", 0, 2L * Rows * Columns))];
        RowOrigin[][] maps = [.. tables.Select((_, model) => Enumerable.Range(0, Union).Select(row =>
            row >= Rows + 1000 ? RowOrigin.Padding : row >= Rows ? new RowOrigin(1, row - Rows) : row % 97 == 0 && model == 1 ? new RowOrigin(0, row) : new RowOrigin(model, model == 0 ? row : Rows - 1 - row)).ToArray())];
        MergeStep step = Step("linear", tables, maps, [], Columns);
        var account = new MemoryAccount();
        var run = MergeExecutor.Prepare([step], new SourcePosition("t"), new MergeOptions { MemoryBudget = Budget, Threads = 2 }, Pattern, (_, _, _) => { }, PhiloxDraws.Of(0), false);
        MergeExecutor.Run([step], run, account, null, CancellationToken.None);
        Assert.InRange(account.Peak, 1, Budget);
    }

    [Fact]
    public void CountTheirMaps()
    {
        var tensors = new MemoryTensors();
        MergeStep step = Step("linear", [Table(tensors, "a", [1, 2, 3, 4])], [[new(0, 1), new(0, 0), RowOrigin.Padding]], [], 2);
        Assert.Equal(3 * 8 + 2 * 12, step.Sources[0].Tensor.HeldBytes);
        Assert.True(MemoryMerge.Run(tensors, [step], new MergeOptions()).PeakBytes > 3 * 8 + 2 * 12);
    }

    [Fact]
    public void AreCroppedRowByRow()
    {
        var tensors = new MemoryTensors();
        MergeStep step = Step("passthrough", [Table(tensors, "a", [1, 2, 3, 4, 5, 6], columns: 3)], [[new(0, 1), new(0, 0), RowOrigin.Padding]], [], 3);
        var view = new TensorShape(2, 2);
        step = step with { Shape = view, Sources = [step.Sources[0] with { Tensor = step.Sources[0].Tensor.Crop(view) }] };
        Assert.Equal([4, 5, 1, 2], MemoryTensors.Floats(MemoryMerge.Run(tensors, [step], new MergeOptions()).Outputs[0]));
    }

    [Fact]
    public void HaveOneKeyForOneMapAndAnotherForAnother()
    {
        var tensors = new MemoryTensors();
        TensorInfo table = Table(tensors, "a", [1, 2, 3, 4]);
        string Key(params RowOrigin[] map) => string.Join('\n', Step("linear", [table], [map], [], 2).Sources[0].Tensor.KeyLines(_ => "digest"));
        Assert.Equal(Key(new(0, 1), new(0, 0)), Key(new(0, 1), new(0, 0)));
        Assert.NotEqual(Key(new(0, 1), new(0, 0)), Key(new(0, 0), new(0, 1)));
        Assert.NotEqual(Key(new(0, 1), RowOrigin.Zero), Key(new(0, 1), RowOrigin.Padding));
    }

    static void Pattern(TensorInfo tensor, long byteOffset, Span<byte> destination)
    {
        for (int i = 0; i < destination.Length; i++) destination[i] = (byte)((i & 1) == 0 ? byteOffset + i : 0x3C);
    }

    static RowOrigin Any(Random random, int models) => random.Next(10) switch
    {
        0 => RowOrigin.Zero,
        1 => RowOrigin.Mean(random.Next(4)),
        _ => new RowOrigin(random.Next(models), random.Next(500)),
    };

    static TensorInfo Table(MemoryTensors tensors, string model, float[] values, Dtype dtype = Dtype.F32, int columns = 2) =>
        tensors.Add(model, "w", new TensorShape(values.Length / columns, columns), values, dtype);

    /// <summary>Weights of 1 that are not normalized; the first table is the base of a method that needs one.</summary>
    static MergeStep Step(string method, TensorInfo[] tables, RowOrigin[][] maps, RowOrigin[][] means, int columns)
    {
        IMergeMethod merge = MethodRegistry.All[method];
        PlannedTensor[] stored = [.. tables.Select((table, i) => new StoredTensor($"m{i}", table, table.Shape))];
        Dictionary<string, double> parameters = merge.Spec.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Name switch
        {
            "weight" => 1,
            "normalize" => 0,
            "density" => 0.5,
            "t" => 0.4,
            _ => parameter.Default,
        });
        var shape = new TensorShape(maps[0].Length, columns);
        return new MergeStep("w", shape, Dtype.F32, merge, [.. maps.Select((map, i) => new StepSource(
            $"m{i}", new GatheredRows(stored, i, new RowMap(map, means), shape), merge.Spec.NeedsBase && i == 0, merge.Spec.NeedsBase ? i - 1 : i, parameters))], parameters);
    }
}
