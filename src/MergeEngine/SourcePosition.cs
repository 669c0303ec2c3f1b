namespace MergeEngine;

/// <summary>A place in a file. Lines and columns start at 1; a file without lines (weights) is at (1,1).</summary>
public readonly record struct SourcePosition(string File, int Line = 1, int Column = 1)
{
    public override string ToString() => $"{File}({Line},{Column})";
}
