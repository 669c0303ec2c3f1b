using System.Runtime.InteropServices;
using MergeEngine.LinearAlgebra;

namespace MergeTorch;

/// <summary>One tensor of LibTorch. Who has it frees it, or gives it to a call, which does.</summary>
readonly unsafe struct TorchTensor(TorchLibrary torch, ulong handle) : IDisposable
{
    public ulong Handle => handle;

    /// <summary>A tensor over memory of ours: nothing is copied, and nothing is written by the calls that we make.</summary>
    /// <param name="values">Row-major; fixed while the tensor lives.</param>
    public static TorchTensor Over<T>(TorchLibrary torch, T* values, int rows, int columns) where T : unmanaged
    {
        long* sizes = stackalloc long[2] { rows, columns };
        long* strides = stackalloc long[2] { columns, 1 };
        nint tensor;
        int code = torch.FromBlob(values, 2, sizes, strides, 0, sizeof(T) == sizeof(float) ? torch.Float32 : torch.Float64, torch.Cpu, 0, &tensor);
        return code == 0 ? new TorchTensor(torch, (ulong)tensor) : throw new InvalidOperationException("LibTorch did not take the matrix.");
    }

    /// <summary>Copies the leading rows and columns, whatever the order in memory.</summary>
    public void CopyTo<T>(MatrixSpan<T> destination) where T : unmanaged
    {
        T* data = Layout<T>(out long* strides);
        for (int i = 0; i < destination.Rows; i++) CopyTo(data + i * strides[0], strides[1], destination.Row(i));
    }

    /// <summary>Copies the leading elements of a vector.</summary>
    public void CopyTo<T>(Span<T> destination) where T : unmanaged
    {
        T* data = Layout<T>(out long* strides);
        CopyTo(data, strides[0], destination);
    }

    /// <summary>The only element of a tensor of whole numbers.</summary>
    public int FirstInt32 => *Layout<int>(out _);

    public void Dispose() => _ = torch.Delete((nint)handle);

    static void CopyTo<T>(T* data, long stride, Span<T> destination) where T : unmanaged
    {
        if (stride == 1) MemoryMarshal.CreateReadOnlySpan(ref *data, destination.Length).CopyTo(destination);
        else
            for (int i = 0; i < destination.Length; i++) destination[i] = data[i * stride];
    }

    T* Layout<T>(out long* strides) where T : unmanaged
    {
        void* data;
        fixed (long** found = &strides)
            if (torch.DataPointer((nint)handle, &data) != 0 || torch.Strides((nint)handle, found) != 0) throw new InvalidOperationException("LibTorch gave no result.");
        return (T*)data;
    }
}
