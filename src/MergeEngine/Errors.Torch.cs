using MergeEngine.Checkpoints;
using MergeEngine.Checkpoints.Torch;

namespace MergeEngine;

/// <summary>Files of torch.save: MRG0260-0277.</summary>
public static partial class Errors
{
    /// <summary>Ends the errors of files that were not written as torch writes them.</summary>
    const string BadTorchFile = "Download or copy it again; if it stays so, load it where it was written and save it as safetensors.";

    /// <summary>A file that is named like a torch checkpoint is none.</summary>
    public static Diagnostic NotATorchFile(string file) => Error("MRG0260", new(file),
        $"this is no file of torch.save; expected a zip, or a pickle that starts with torch's number. {BadTorchFile}");

    /// <summary>The zip of a torch checkpoint is damaged.</summary>
    public static Diagnostic ZipMalformed(string file, string reason) => Error("MRG0261", new(file),
        $"the zip file is damaged: {OneLine(reason.Length <= 300 ? reason : reason[..300])}. {BadTorchFile}");

    /// <summary>A torch checkpoint lacks the bytes of a tensor.</summary>
    public static Diagnostic StorageMissing(string file, string key) => Error("MRG0262", new(file),
        $"the tensors' bytes {Quoted("data/" + key)} are not in the file. {BadTorchFile}");

    /// <summary>The pickle of a torch checkpoint is malformed.</summary>
    /// <param name="file">Full path.</param>
    /// <param name="at">Bytes from the start of the pickle.</param>
    /// <param name="found">What is wrong there.</param>
    public static Diagnostic PickleMalformed(string file, long at, string found) => Error("MRG0263", new(file),
        $"the pickle has {found}, at byte {at}; expected what torch.save writes for tensors. {BadTorchFile}");

    /// <summary>A pickle names classes or functions that are not allowed. They were not looked up, and nothing was run.</summary>
    public static Diagnostic GlobalsRefused(string file, IReadOnlyList<string> names) => Error("MRG0264", new(file),
        $"the pickle asks for {Few(names)}; only tensors and plain containers are read, and nothing is run. " +
        "If you trust who wrote the file, load it in Python and save its tensors as safetensors; if you do not, delete it.");

    /// <summary>The protocol of a pickle is not one that is read.</summary>
    public static Diagnostic PickleProtocol(string file, int protocol) => Error("MRG0265", new(file),
        $"the pickle says protocol {protocol}; expected 2 to 5. {BadTorchFile}");

    /// <summary>A torch checkpoint needs more memory to be parsed than one with tensors does.</summary>
    public static Diagnostic TorchParserLimit(string file, long limit) => Error("MRG0266", new(file),
        $"its pickle or directory needs more than {limit >> 20} MiB to be read; a checkpoint of 40,000 tensors does not. Save the tensors without other data, as safetensors.");

    /// <summary>A torch checkpoint was written on a big-endian machine.</summary>
    public static Diagnostic BigEndian(string file) => Error("MRG0267", new(file),
        "the file says that its byte order is not little-endian; expected 'little'. Load it in torch and save it again on an ordinary machine.");

    /// <summary>A torch checkpoint holds no dictionary of tensors.</summary>
    public static Diagnostic NoStateDict(string file, string found) => Error("MRG0268", new(file),
        $"the file holds {found}; expected a dictionary of tensors, one under 'state_dict', 'model_state_dict', 'module' or 'model', or a list of tensors. Save model.state_dict().");

    /// <summary>A tensor lies partly outside of its storage.</summary>
    internal static Diagnostic ViewBeyondStorage(string file, string tensor, TensorShape shape, IEnumerable<long> strides, long offset, long count) => Error("MRG0269", new(file),
        $"tensor {Quoted(tensor)} of shape {Extents(shape.Extents)} with strides {Extents(strides)} from element {offset} reaches beyond its storage of {Count(count, "element")}. {BadTorchFile}");

    /// <summary>A storage has another size than the tensors say.</summary>
    public static Diagnostic StorageSizeDiffers(string file, string key, long found, long expected, int elementLength) => Error("MRG0270", new(file),
        $"storage {Quoted(key)} has {Count(found, "element")} of {Count(elementLength, "byte")} in the file; expected {expected}. {BadTorchFile}");

    /// <summary>An entry of the zip is encrypted or compressed in a way that is not read.</summary>
    internal static Diagnostic ZipEntryNotReadable(string file, ZipEntry entry) => Error("MRG0271", new(file),
        $"zip entry {Quoted(entry.Name)} is {(entry.IsEncrypted ? "encrypted" : $"compressed by method {entry.Method}")}; expected it stored (0) or deflated (8). Save the file with torch.save, which does not compress.");

    /// <summary>Tensors of a state dict have keys that are no names.</summary>
    public static Diagnostic TensorsWithoutName(string file, int count) => Error("MRG0272", new(file),
        $"{Count(count, "tensor")} of the state dict {(count == 1 ? "has a key that is" : "have keys that are")} no string; expected names. Save model.state_dict().");

    /// <summary>A tensor's offset, extents or strides are negative.</summary>
    internal static Diagnostic NegativeView(string file, string tensor, IEnumerable<long> extents, IEnumerable<long> strides, long offset) => Error("MRG0273", new(file),
        $"tensor {Quoted(tensor)} has shape {Extents(extents)}, strides {Extents(strides)} and offset {offset}; expected no negative number. {BadTorchFile}");

    /// <summary>A tensor repeats its elements to a size that no model has.</summary>
    internal static Diagnostic RepeatedTensorTooLarge(string file, string tensor, TensorShape shape, long length) => Error("MRG0274", new(file),
        $"tensor {Quoted(tensor)} of shape {Extents(shape.Extents)} repeats the {Count(length, "byte")} of its storage; expected at most 1 GiB, or the size of the file. Save the tensor before it is expanded.");

    /// <summary>Compressed bytes of a checkpoint do not inflate to what the file says.</summary>
    public static Diagnostic CompressedDamaged(string file, string reason) => Error("MRG0275", new(file),
        $"compressed bytes are damaged: {OneLine(reason)} {BadTorchFile}");

    /// <summary>A storage is listed twice, or belongs to no tensor, so that its size is unknown.</summary>
    internal static Diagnostic StorageOfNoTensor(string file, string key) => Error("MRG0276", new(file),
        $"the list of storages has {Quoted(key)}, which no tensor uses or which is there twice; expected each storage once. {BadTorchFile}");

    /// <summary>The zip of a torch checkpoint has no pickle, or several.</summary>
    internal static Diagnostic ZipWithoutPickle(string file, IReadOnlyList<string> found) => Error("MRG0277", new(file),
        $"the zip file has {(found.Count == 0 ? "no entry '<name>/data.pkl'" : Few(found))}; expected one pickle, as torch.save writes it. {BadTorchFile}");
}
