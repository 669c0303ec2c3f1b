namespace MergeEngine.Tests.Fuzzing;

/// <summary>The short form of fuzzing, with a fixed seed; and every input that was ever found, again.</summary>
public class EveryTarget
{
    const int Inputs = 1500, Seed = 20261125;

    public static TheoryData<string> Names => [.. FuzzTarget.All.Select(target => target.Name)];

    static string Found => Path.Combine(TestData.Folder, "fuzz");

    /// <summary>Files of tests/data/fuzz: TARGET.anything.</summary>
    public static TheoryData<string> FoundInputs => [.. Directory.EnumerateFiles(Found).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    static FuzzTarget Target(string name) => FuzzTarget.All.Single(target => target.Name == name);

    [Theory, MemberData(nameof(Names))]
    public void AnswersWithAValueOrARefusal(string name)
    {
        var run = new FuzzRun(Target(name), Seed);
        for (int i = 0; i < Inputs; i++)
        {
            byte[] input = run.Next();
            if (run.Feed(input) is { } wrong) Assert.Fail($"{wrong}{Environment.NewLine}{Convert.ToBase64String(input)}");
        }
        // Both outcomes must occur, or the inputs test nothing.
        Assert.InRange(run.Accepted, 5, Inputs - 100);
        Assert.InRange(run.Answers, 5, Inputs);
    }

    [Theory, MemberData(nameof(FoundInputs))]
    public void AnswersWhatWasFound(string file) =>
        Assert.Null(new FuzzRun(Target(file[..file.IndexOf('.')]), Seed).Feed(File.ReadAllBytes(Path.Combine(Found, file))));
}
