using System.Security.Cryptography;
using MergeEngine;
using MergeEngine.Checkpoints;
using MergeEngine.Planning;
using MergeWorker.Protocol;

namespace MergeWorker;

/// <summary>Checks that models are those that the project's <c>MergeInput</c> items are pinned to.</summary>
/// <remarks>The pin of a file, or of a folder with one weight file, is the SHA-256 of the file; of a folder with several, the SHA-256 of
/// their SHA-256 digests (32 bytes each) in the order of their names, as in OpenSSF's model signing.</remarks>
sealed class Pins(WorkerRequest request, FileHashes hashes)
{
    /// <exception cref="MergeException">MRG0203: all pins that do not fit.</exception>
    public void Check(MergePlan plan)
    {
        List<Diagnostic> errors = [];
        foreach (NamedModel pinned in request.Models.Where(model => model.Sha256.Length > 0))
        {
            string path = Path.TrimEndingDirectorySeparator(pinned.Path);
            Checkpoint? folder = plan.Models.Select(model => model.Checkpoint).Concat(plan.Adapters.Select(adapter => adapter.Checkpoint)).FirstOrDefault(read => read.Directory == path);
            if (folder is not null)
                Compare(pinned, DigestOf([.. folder.Files.Where(IsWeights)]), errors);
            else if (plan.InputFiles.Contains(path))
                Compare(pinned, hashes.Of(path), errors);
        }
        if (errors.Count > 0) throw new MergeException(errors);
    }

    void Compare(NamedModel pinned, string found, List<Diagnostic> errors)
    {
        if (!found.Equals(pinned.Sha256, StringComparison.OrdinalIgnoreCase))
            errors.Add(Errors.PinDiffers(new SourcePosition(request.Project), pinned.Path, found, pinned.Sha256));
    }

    string DigestOf(string[] files) => files.Length == 1
        ? hashes.Of(files[0])
        : Convert.ToHexStringLower(SHA256.HashData([.. files.Order(StringComparer.Ordinal).SelectMany(file => Convert.FromHexString(hashes.Of(file)))]));

    static bool IsWeights(string file) => !file.EndsWith(".json", StringComparison.Ordinal);
}
