namespace MergeBench;

/// <summary>Merges of synthetic checkpoints by the real worker process, each run just after a measurement of the floor.</summary>
static class MergeBenchmark
{
    const double Gibibyte = 1L << 30;

    static readonly string[] Header = ["Method", "Inputs", "Input digests", "Wall s", "CPU s", "Peak memory GiB", "Floor s", "Wall / floor"];

    public static void Run(Arguments arguments)
    {
        var shape = ModelShape.All.Single(shape => shape.Name == arguments.Text("--shape", "tinyllama"));
        MergeCase[] cases = [.. MergeCase.All, MergeCase.Stack(shape)];
        string[] methods = arguments.Text("--methods", string.Join(',', cases.Select(each => each.Name))).Split(',');
        string folder = arguments.Text("--folder", Repository.Data);
        int repetitions = arguments.Number("--repetitions", 5);
        string[] models = SyntheticCheckpoint.Ensure(folder, shape, fineTunes: 2);
        var rows = cases.Where(each => methods.Contains(each.Name))
            .SelectMany(each => Measure(each, shape, models, Path.Combine(folder, "work"), repetitions))
            .ToList();
        string facts = $"Checkpoints of shape {shape.Name}, bfloat16. Medians of {repetitions} runs of the worker process; the floor was measured before each.";
        Report.Write(arguments, "merge", facts, Header, rows);
    }

    /// <returns>Two rows: input digests unknown, as in the first build, and known.</returns>
    static IEnumerable<string[]> Measure(MergeCase merge, ModelShape shape, string[] models, string folder, int repetitions)
    {
        string[] weights = [.. models[..merge.Inputs].SelectMany(model => Directory.GetFiles(model, "*.safetensors"))];
        long outputLength = merge.OutputLength(shape);
        // What is stacked is read once and written once; the layers left out are not read.
        long inputLength = merge.LayersLeftOut is null ? long.MaxValue : outputLength;
        var worker = new WorkerRun(folder, merge.Name, merge.Text(models));
        Floor.Measure(weights, inputLength, folder, outputLength); // brings the inputs into the page cache
        foreach (bool known in new[] { false, true })
        {
            List<Usage> runs = [];
            List<double> floors = [];
            for (int i = 0; i < repetitions; i++)
            {
                worker.Forget(digests: !known);
                floors.Add(Floor.Measure(weights, inputLength, folder, outputLength));
                runs.Add(worker.Run());
                Console.Error.WriteLine($"{merge.Name} {runs[^1].Wall:f2} s, floor {floors[^1]:f2} s");
            }
            yield return Row(merge, known, runs, Report.Median(floors));
        }
        Directory.Delete(folder, recursive: true);
    }

    static string[] Row(MergeCase merge, bool known, List<Usage> runs, double floor)
    {
        double wall = Report.Median(runs.Select(run => run.Wall));
        double peak = Report.Median(runs.Select(run => run.PeakBytes / Gibibyte));
        return
        [
            merge.Name, $"{merge.Inputs}", known ? "known" : "unknown", $"{wall:f2}", $"{Report.Median(runs.Select(run => run.Cpu)):f2}",
            $"{peak:f2}", $"{floor:f2}", $"{wall / floor:f2}",
        ];
    }
}
