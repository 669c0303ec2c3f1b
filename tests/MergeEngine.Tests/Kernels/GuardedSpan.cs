namespace MergeEngine.Tests.Kernels;

/// <summary>Elements with guards before and after them; reading a guard spoils a result, writing one is found by <see cref="Check"/>.</summary>
sealed class GuardedSpan<T> where T : unmanaged
{
    const int GuardCount = 40;

    readonly T[] all;
    readonly T guard;
    readonly int start, length;

    /// <param name="content">The elements.</param>
    /// <param name="guard">What surrounds them.</param>
    /// <param name="shift">Moves them against the alignment of the array.</param>
    public GuardedSpan(ReadOnlySpan<T> content, T guard, int shift)
    {
        (this.guard, start, length) = (guard, GuardCount + shift % 8, content.Length);
        all = new T[start + length + GuardCount];
        Array.Fill(all, guard);
        content.CopyTo(Span);
    }

    public Span<T> Span => all.AsSpan(start, length);

    public void Check()
    {
        Assert.Equal(-1, all.AsSpan(0, start).IndexOfAnyExcept([guard]));
        Assert.Equal(-1, all.AsSpan(start + length).IndexOfAnyExcept([guard]));
    }
}
