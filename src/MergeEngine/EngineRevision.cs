namespace MergeEngine;

/// <summary>Raised by hand when the engine gives other bytes for the same plan; part of every action key.</summary>
public static class EngineRevision
{
    public const int Value = 1;
}
