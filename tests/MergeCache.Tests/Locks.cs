namespace MergeCache.Tests;

public sealed class Locks : IDisposable
{
    readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void OneAtATime()
    {
        using FileLock? first = FileLock.TryTake(folder["x.lock"]);
        Assert.NotNull(first);
        Assert.Null(FileLock.TryTake(folder["x.lock"]));
        first.Dispose();
        using FileLock? second = FileLock.TryTake(folder["x.lock"]);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task WaitEndsWhenTheOtherIsDone()
    {
        FileLock first = FileLock.TryTake(folder["x.lock"])!;
        Task<FileLock> waiting = Task.Run(() => FileLock.Wait(folder["x.lock"], default));
        await Task.Delay(100);
        Assert.False(waiting.IsCompleted);
        first.Dispose();
        (await waiting.WaitAsync(TimeSpan.FromSeconds(20))).Dispose();
    }

    [Fact]
    public void WaitCanBeGivenUp()
    {
        using FileLock first = FileLock.TryTake(folder["x.lock"])!;
        using var stop = new CancellationTokenSource(50);
        Assert.Throws<OperationCanceledException>(() => FileLock.Wait(folder["x.lock"], stop.Token));
    }

    [Fact]
    public void FolderThatIsAFileIsAnError()
    {
        string file = folder.Write("file", "");
        Assert.ThrowsAny<IOException>(() => FileLock.Wait(Path.Combine(file, "x.lock"), default));
    }
}
