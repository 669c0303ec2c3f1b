namespace MergeEngine.Checkpoints;

/// <summary>One tensor of a header whose own fields agree; that its bytes are in the file is not yet known.</summary>
/// <param name="Begin">First byte, from the start of the data.</param>
/// <param name="End">One past the last byte; End - Begin is what dtype and shape need.</param>
readonly record struct HeaderEntry(string Name, Dtype Dtype, TensorShape Shape, long Begin, long End);
