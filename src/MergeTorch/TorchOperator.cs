using System.Runtime.InteropServices;
using System.Text;
using MergeEngine.LinearAlgebra;

namespace MergeTorch;

/// <summary>One operator of LibTorch, by its name in the dispatcher; all take and give tensors on the stack.</summary>
/// <param name="name">As in <c>aten::linalg_svd</c>.</param>
/// <param name="failure">What it means if it fails, for messages.</param>
/// <remarks>A stack has one slot per argument of the operator's schema, none may be left out, and results overwrite it from the first slot. The call takes over all arguments.</remarks>
sealed unsafe class TorchOperator(string name, string failure)
{
    /// <summary>An optional argument without a value.</summary>
    public const ulong None = 0;

    const ulong BuiltFor = 2UL << 56 | 10UL << 48;

    readonly byte[] text = Encoding.UTF8.GetBytes(name + '\0');

    /// <param name="stack">Arguments in, results out.</param>
    /// <exception cref="LinearAlgebraException">The library refused; it has written why to standard error.</exception>
    public void Call(TorchLibrary torch, Span<ulong> stack)
    {
        torch.UseOneThread();
        byte noOverload = 0;
        fixed (byte* operatorName = text)
        fixed (ulong* slots = stack)
            if (torch.CallDispatcher(operatorName, &noOverload, slots, BuiltFor) != 0) throw new LinearAlgebraException(failure);
    }

    /// <summary>A string as an argument.</summary>
    public static ulong Text(TorchLibrary torch, ReadOnlySpan<byte> value)
    {
        nint handle;
        fixed (byte* bytes = value)
            if (torch.NewString(bytes, (nuint)value.Length, &handle) != 0) throw new InvalidOperationException("LibTorch made no string.");
        return (ulong)handle;
    }

    /// <summary>An optional argument that has a value, where the value is no tensor: a cell that the call frees.</summary>
    public static ulong Some(ulong value)
    {
        ulong* cell = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *cell = value;
        return (ulong)cell;
    }
}
