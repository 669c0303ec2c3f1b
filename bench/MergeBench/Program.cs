using MergeBench;

switch (args)
{
    case ["merge", .. var rest]:
        MergeBenchmark.Run(new Arguments(rest, "--shape", "--methods", "--repetitions", "--folder", "--results", "--name"));
        return 0;
    case ["noop", .. var rest]:
        NoopBenchmark.Run(new Arguments(rest, "--repetitions", "--folder", "--results", "--name"));
        return 0;
    case ["compile", .. var rest]:
        CompileBenchmark.Run(new Arguments(rest, "--repetitions", "--results", "--name"));
        return 0;
    case [MeasuredProcess.Verb, .. var command]:
        MeasuredProcess.Measure(command);
        return 0;
    default:
        Console.Error.WriteLine(
            """
            merge [--shape tinyllama|7b-layers|micro] [--methods ties,linear] [--repetitions 5] [--folder DIR] [--results DIR] [--name NAME]
                wall time, CPU time and peak memory of the merge worker, against reading the inputs and writing the output
            noop  [--repetitions 15] [--folder DIR] [--results DIR] [--name NAME]
                what five recipes that are up to date add to a build without recipes
            compile [--repetitions 20000] [--results DIR] [--name NAME]
                what a tensor costs before its first byte is read
            Build with -c Release for figures worth keeping.
            """);
        return 1;
}
