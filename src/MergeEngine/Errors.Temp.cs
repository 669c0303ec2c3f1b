namespace MergeEngine;
public static partial class Errors
{
    public static Diagnostic DiskFull(string file) => Error("MRG0604", new(file), "disk full");
    public static Diagnostic OutputNotWritable(string file, string reason) => Error("MRG0605", new(file), reason);
}
