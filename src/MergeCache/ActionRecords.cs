namespace MergeCache;

/// <summary>Remembers which digest each action gave, shared by all projects of a user, so that a result that cannot be reproduced is noticed.</summary>
public sealed class ActionRecords(string folder)
{
    const string Header = "mergesdk-action 1";

    /// <returns>The digest that this action gave before; null if it was never run here.</returns>
    public string? Find(string key) =>
        AtomicFile.TryRead(FileFor(key))?.Split('\n') is [Header, var digest, ""] && digest.Length > 0 ? digest : null;

    public void Store(string key, string digest) => AtomicFile.TryWrite(FileFor(key), $"{Header}\n{digest}\n");

    public string FileFor(string key) => Path.Combine(folder, key[..2], key);
}
