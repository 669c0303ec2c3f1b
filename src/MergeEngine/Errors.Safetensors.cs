using MergeEngine.Checkpoints;

namespace MergeEngine;

/// <summary>Malformed safetensors files: MRG0210-0232, one code per kind of defect.</summary>
public static partial class Errors
{
    const string DamagedFile = "The file is damaged or no safetensors file: download or write it again.";

    const string BadWriter = "The program that wrote the file is at fault: write it again with a current safetensors library.";

    public static Diagnostic FileTooShort(string file, long length) => Error("MRG0210", new(file),
        $"the file has {Count(length, "byte")}; expected at least 8, the length of the header. {DamagedFile}");

    public static Diagnostic HeaderEmpty(string file) => Error("MRG0211", new(file),
        $"the header's length is 0; expected at least 2, an empty JSON object. {DamagedFile}");

    public static Diagnostic HeaderBeyondFile(string file, long header, long length) => Error("MRG0212", new(file),
        $"the header's length is {header}, but only {length - 8} bytes follow in the file. {DamagedFile}");

    public static Diagnostic HeaderTooLong(string file, ulong header) => Error("MRG0213", new(file),
        $"the header's length is {header}; the format allows at most {SafetensorsHeader.MaxLength}. {DamagedFile}");

    public static Diagnostic HeaderNotUtf8(string file) => Error("MRG0214", new(file),
        $"the header is not UTF-8 text. {DamagedFile}");

    public static Diagnostic HeaderNotAnObject(string file, byte first) => Error("MRG0215", new(file),
        $"the header starts with byte 0x{first:x2}; expected 0x7b, the opening brace of a JSON object. {DamagedFile}");

    public static Diagnostic HeaderNotJson(string file, string reason) => Error("MRG0216", new(file),
        $"the header is not JSON: {OneLine(reason)} {DamagedFile}");

    public static Diagnostic MetadataNotAnObject(string file, string found) => Error("MRG0217", new(file),
        $"__metadata__ is {found}; expected an object of strings. {BadWriter}");

    public static Diagnostic DuplicateKey(SourcePosition position, string key) => Error("MRG0218", position,
        $"the key {Quoted(key)} occurs twice; expected once, which of the two is meant is unknown. {BadWriter}");

    public static Diagnostic TensorNotAnObject(string file, string tensor, string found) => Error("MRG0219", new(file),
        $"the entry of tensor {Quoted(tensor)} is {found}; expected an object with dtype, shape and data_offsets. {BadWriter}");

    public static Diagnostic UnknownTensorKey(string file, string tensor, string key) => Error("MRG0220", new(file),
        $"tensor {Quoted(tensor)} has the unknown key {Quoted(key)}, which may change what its bytes mean; expected dtype, shape and data_offsets. {BadWriter}");

    public static Diagnostic TensorKeyMissing(string file, string tensor, string key) => Error("MRG0221", new(file),
        $"tensor {Quoted(tensor)} has no {key}; expected dtype, shape and data_offsets. {BadWriter}");

    public static Diagnostic DtypeNotSupported(string file, string tensor, string found) => Error("MRG0222", new(file),
        $"dtype of tensor {Quoted(tensor)} is {found}; expected one of {string.Join(", ", Enum.GetNames<Dtype>())}. Convert the tensor to one of these.");

    public static Diagnostic ShapeNotExtents(string file, string tensor, string found) => Error("MRG0223", new(file),
        $"shape of tensor {Quoted(tensor)} has {found}; expected an array of integers from 0 to 2^63 - 1. {BadWriter}");

    public static Diagnostic ShapeTooLarge(string file, string tensor, IEnumerable<long> shape) => Error("MRG0224", new(file),
        $"shape of tensor {Quoted(tensor)} is {Extents(shape)}: its bytes cannot be counted in 63 bits. {BadWriter}");

    public static Diagnostic OffsetsNotIntegers(string file, string tensor, string found) => Error("MRG0225", new(file),
        $"data_offsets of tensor {Quoted(tensor)} has {found}; expected an array of two integers from 0 to 2^63 - 1. {BadWriter}");

    public static Diagnostic OffsetsReversed(string file, string tensor, long begin, long end) => Error("MRG0226", new(file),
        $"data_offsets of tensor {Quoted(tensor)} are [{begin}, {end}]: the end lies before the start. {BadWriter}");

    public static Diagnostic SizeMismatch(string file, string tensor, Dtype dtype, TensorShape shape, long length) => Error("MRG0227", new(file),
        $"data_offsets of tensor {Quoted(tensor)} hold {Count(length, "byte")}; expected {shape.Count * dtype.Size()} for {dtype} {Extents(shape.Extents)}. {BadWriter}");

    public static Diagnostic TensorsOverlap(string file, string tensor, long begin, string previous, long previousEnd) => Error("MRG0228", new(file),
        $"tensor {Quoted(tensor)} starts at data byte {begin}, inside tensor {Quoted(previous)}, which ends at {previousEnd}; expected no overlap. {BadWriter}");

    public static Diagnostic HoleBeforeTensor(string file, string tensor, long begin, long previousEnd) => Error("MRG0229", new(file),
        $"data bytes {previousEnd} to {begin}, before tensor {Quoted(tensor)}, belong to no tensor; expected no hole. {BadWriter}");

    public static Diagnostic TensorBeyondFile(string file, string tensor, long end, long dataLength) => Error("MRG0230", new(file),
        $"the file has {Count(dataLength, "data byte")}; expected {end} or more, the end of tensor {Quoted(tensor)}: it was cut off. Copy or download it again.");

    public static Diagnostic TrailingBytes(string file, long end, long dataLength) => Error("MRG0231", new(file),
        $"the file has {Count(dataLength, "data byte")}; expected {end}, the end of the last tensor. {DamagedFile}");

    public static Diagnostic MetadataNotAString(string file, string key, string found) => Error("MRG0232", new(file),
        $"__metadata__ has {found} at {Quoted(key)}; expected a string. {BadWriter}");

    static string Extents(IEnumerable<long> shape) => $"[{string.Join(", ", shape.Take(16))}{(shape.Skip(16).Any() ? ", ..." : "")}]";
}
