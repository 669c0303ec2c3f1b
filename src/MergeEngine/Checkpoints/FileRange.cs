using Microsoft.Win32.SafeHandles;

namespace MergeEngine.Checkpoints;

/// <summary>Bytes of a file from one place to another, as a stream without a buffer. Does not own the handle.</summary>
sealed class FileRange(SafeFileHandle handle, long start, long length) : Stream
{
    long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = RandomAccess.Read(handle, buffer[..(int)Math.Min(buffer.Length, length - position)], start + position);
        position += count;
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
