namespace MergeEngine.Tests.Fuzzing;

/// <summary>A reader of files from outside. Whatever the bytes are, it gives a value or a <see cref="MergeException"/>.</summary>
/// <remarks>To add a reader: a class of this kind in Fuzzing/Targets; the list, the test and the program find it.</remarks>
abstract class FuzzTarget
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
        [.. typeof(FuzzTarget).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(FuzzTarget))).OrderBy(type => type.Name, StringComparer.Ordinal).Select(type => (FuzzTarget)Activator.CreateInstance(type)!)];

    public string Name => GetType().Name;

    /// <summary>Files to start from, valid ones and refused ones.</summary>
    public abstract IEnumerable<byte[]> Seeds { get; }

    /// <summary>Pieces that mean something to the reader.</summary>
    public virtual IReadOnlyList<string> Tokens => ["{", "}", "[", "]", "\"", ":", ",", "null", "true", "-1", "0", "1e400", "9223372036854775807", "99999999999999999999", "\\ud800", "\\u0000", "..", "/", "\0"];

    /// <summary>Reads the input as far as the product would.</summary>
    /// <exception cref="MergeException">It is refused.</exception>
    public abstract void Read(byte[] input);

    protected static IEnumerable<string> DataFiles(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(TestData.Folder, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
