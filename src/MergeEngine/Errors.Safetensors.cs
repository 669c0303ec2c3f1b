using MergeEngine.Checkpoints;

namespace MergeEngine;

/// <summary>Malformed safetensors files: MRG0210-0232, one code per kind of defect.</summary>
public static partial class Errors
{
    const string DamagedFile = "The file is damaged or no safetensors file: download or write it again.";

    const string BadWriter = "The program that wrote the file is at fault: write it again with a current safetensors library.";

    /// <summary>A safetensors file is shorter than its length field.</summary>
    public static Diagnostic FileTooShort(string file, long length) => Error("MRG0210", new(file),
        $"the file has {Count(length, "byte")}; expected at least 8, the length of the header. {DamagedFile}");

    /// <summary>The header of a safetensors file has no bytes.</summary>
    public static Diagnostic HeaderEmpty(string file) => Error("MRG0211", new(file),
        $"the header's length is 0; expected at least 2, an empty JSON object. {DamagedFile}");

    /// <summary>The header of a safetensors file is longer than the file.</summary>
    public static Diagnostic HeaderBeyondFile(string file, long header, long length) => Error("MRG0212", new(file),
        $"the header's length is {header}, but only {length - 8} bytes follow in the file. {DamagedFile}");

    /// <summary>The header of a safetensors file is longer than the format allows.</summary>
    public static Diagnostic HeaderTooLong(string file, ulong header) => Error("MRG0213", new(file),
        $"the header's length is {header}; the format allows at most {SafetensorsHeader.MaxLength}. {DamagedFile}");

    /// <summary>The header of a safetensors file is not UTF-8.</summary>
    public static Diagnostic HeaderNotUtf8(string file) => Error("MRG0214", new(file),
        $"the header is not UTF-8 text. {DamagedFile}");

    /// <summary>The header of a safetensors file does not start with an opening brace.</summary>
    public static Diagnostic HeaderNotAnObject(string file, byte first) => Error("MRG0215", new(file),
        $"the header starts with byte 0x{first:x2}; expected 0x7b, the opening brace of a JSON object. {DamagedFile}");

    /// <summary>The header of a safetensors file is not valid JSON, or nests too deep.</summary>
    public static Diagnostic HeaderNotJson(string file, string reason) => Error("MRG0216", new(file),
        $"the header is not JSON: {OneLine(reason)} {DamagedFile}");

    /// <summary>__metadata__ of a safetensors file is no object.</summary>
    public static Diagnostic MetadataNotAnObject(string file, string found) => Error("MRG0217", new(file),
        $"__metadata__ is {found}; expected an object of strings. {BadWriter}");

    /// <summary>A key occurs twice in a header or a shard index.</summary>
    public static Diagnostic DuplicateKey(SourcePosition position, string key) => Error("MRG0218", position,
        $"the key {Quoted(key)} occurs twice; expected once, which of the two is meant is unknown. {BadWriter}");

    /// <summary>The entry of a tensor in a header is no object.</summary>
    public static Diagnostic TensorNotAnObject(string file, string tensor, string found) => Error("MRG0219", new(file),
        $"the entry of tensor {Quoted(tensor)} is {found}; expected an object with dtype, shape and data_offsets. {BadWriter}");

    /// <summary>The entry of a tensor in a header has an unknown key.</summary>
    public static Diagnostic UnknownTensorKey(string file, string tensor, string key) => Error("MRG0220", new(file),
        $"tensor {Quoted(tensor)} has the unknown key {Quoted(key)}, which may change what its bytes mean; expected dtype, shape and data_offsets. {BadWriter}");

    /// <summary>The entry of a tensor in a header lacks dtype, shape or data_offsets.</summary>
    public static Diagnostic TensorKeyMissing(string file, string tensor, string key) => Error("MRG0221", new(file),
        $"tensor {Quoted(tensor)} has no {key}; expected dtype, shape and data_offsets. {BadWriter}");

    /// <summary>The dtype of a tensor is unknown or not supported.</summary>
    public static Diagnostic DtypeNotSupported(string file, string tensor, string found) => Error("MRG0222", new(file),
        $"dtype of tensor {Quoted(tensor)} is {found}; expected one of {string.Join(", ", Enum.GetNames<Dtype>())}. Convert the tensor to one of these.");

    /// <summary>A shape is no array of non-negative integers.</summary>
    public static Diagnostic ShapeNotExtents(string file, string tensor, string found) => Error("MRG0223", new(file),
        $"shape of tensor {Quoted(tensor)} has {found}; expected an array of integers from 0 to 2^63 - 1. {BadWriter}");

    /// <summary>The bytes of a shape exceed 63 bits.</summary>
    public static Diagnostic ShapeTooLarge(string file, string tensor, IEnumerable<long> shape) => Error("MRG0224", new(file),
        $"shape of tensor {Quoted(tensor)} is {Extents(shape)}: its bytes cannot be counted in 63 bits. {BadWriter}");

    /// <summary>data_offsets are no array of two non-negative integers.</summary>
    public static Diagnostic OffsetsNotIntegers(string file, string tensor, string found) => Error("MRG0225", new(file),
        $"data_offsets of tensor {Quoted(tensor)} has {found}; expected an array of two integers from 0 to 2^63 - 1. {BadWriter}");

    /// <summary>data_offsets end before they start.</summary>
    public static Diagnostic OffsetsReversed(string file, string tensor, long begin, long end) => Error("MRG0226", new(file),
        $"data_offsets of tensor {Quoted(tensor)} are [{begin}, {end}]: the end lies before the start. {BadWriter}");

    /// <summary>data_offsets do not hold the bytes that dtype and shape need.</summary>
    public static Diagnostic SizeMismatch(string file, string tensor, Dtype dtype, TensorShape shape, long length) => Error("MRG0227", new(file),
        $"data_offsets of tensor {Quoted(tensor)} hold {Count(length, "byte")}; expected {shape.Count * dtype.Size()} for {dtype} {Extents(shape.Extents)}. {BadWriter}");

    /// <summary>Two tensors of a file overlap.</summary>
    public static Diagnostic TensorsOverlap(string file, string tensor, long begin, string previous, long previousEnd) => Error("MRG0228", new(file),
        $"tensor {Quoted(tensor)} starts at data byte {begin}, inside tensor {Quoted(previous)}, which ends at {previousEnd}; expected no overlap. {BadWriter}");

    /// <summary>Bytes of a file between two tensors belong to none.</summary>
    public static Diagnostic HoleBeforeTensor(string file, string tensor, long begin, long previousEnd) => Error("MRG0229", new(file),
        $"data bytes {previousEnd} to {begin}, before tensor {Quoted(tensor)}, belong to no tensor; expected no hole. {BadWriter}");

    /// <summary>A safetensors file ends before its tensors do: it was cut off.</summary>
    public static Diagnostic TensorBeyondFile(string file, string tensor, long end, long dataLength) => Error("MRG0230", new(file),
        $"the file has {Count(dataLength, "data byte")}; expected {end} or more, the end of tensor {Quoted(tensor)}: it was cut off. Copy or download it again.");

    /// <summary>A safetensors file goes on after its last tensor.</summary>
    public static Diagnostic TrailingBytes(string file, long end, long dataLength) => Error("MRG0231", new(file),
        $"the file has {Count(dataLength, "data byte")}; expected {end}, the end of the last tensor. {DamagedFile}");

    /// <summary>A value of __metadata__ is no string.</summary>
    public static Diagnostic MetadataNotAString(string file, string key, string found) => Error("MRG0232", new(file),
        $"__metadata__ has {found} at {Quoted(key)}; expected a string. {BadWriter}");

    static string Extents(IEnumerable<long> shape) => $"[{string.Join(", ", shape.Take(16))}{(shape.Skip(16).Any() ? ", ..." : "")}]";
}
