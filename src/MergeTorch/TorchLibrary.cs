using System.Globalization;
using System.Runtime.InteropServices;
using MergeEngine;

namespace MergeTorch;

/// <summary>The native libraries of LibTorch, loaded from a folder: their C interface, no shim between.</summary>
/// <remarks>docs/libtorch.md says why not TorchSharp. A library that was loaded stays for the life of the process.</remarks>
public sealed unsafe class TorchLibrary
{
    /// <summary>The version that these signatures and this build of the SDK are for.</summary>
    public const string Version = "2.10.0";

    /// <summary>As the library reports it: one byte each for major, minor and patch, from the top.</summary>
    const ulong Abi = 2UL << 56 | 10UL << 48;

    internal readonly delegate* unmanaged<void*, long, long*, long*, long, int, int, int, nint*, int> FromBlob;
    internal readonly delegate* unmanaged<byte*, byte*, ulong*, ulong, int> CallDispatcher;
    internal readonly delegate* unmanaged<nint, int> Delete;
    internal readonly delegate* unmanaged<nint, void**, int> DataPointer;
    internal readonly delegate* unmanaged<nint, long**, int> Strides;
    internal readonly delegate* unmanaged<byte*, nuint, nint*, int> NewString;
    internal readonly int Float32, Float64, Cpu;

    /// <summary>Of the calling thread's pools; null where the library does not export it (then the environment says it).</summary>
    readonly delegate* unmanaged<int, void> setThreads;

    [ThreadStatic]
    static bool isSingle;

    TorchLibrary(nint library)
    {
        FromBlob = (delegate* unmanaged<void*, long, long*, long*, long, int, int, int, nint*, int>)NativeLibrary.GetExport(library, "aoti_torch_create_tensor_from_blob");
        CallDispatcher = (delegate* unmanaged<byte*, byte*, ulong*, ulong, int>)NativeLibrary.GetExport(library, "torch_call_dispatcher");
        Delete = (delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "aoti_torch_delete_tensor_object");
        DataPointer = (delegate* unmanaged<nint, void**, int>)NativeLibrary.GetExport(library, "aoti_torch_get_data_ptr");
        Strides = (delegate* unmanaged<nint, long**, int>)NativeLibrary.GetExport(library, "aoti_torch_get_strides");
        NewString = (delegate* unmanaged<byte*, nuint, nint*, int>)NativeLibrary.GetExport(library, "torch_new_string_handle");
        Float32 = Code(library, "aoti_torch_dtype_float32");
        Float64 = Code(library, "aoti_torch_dtype_float64");
        Cpu = Code(library, "aoti_torch_device_type_cpu");
        if (NativeLibrary.TryGetExport(library, "_ZN2at15set_num_threadsEi", out nint threads)) setThreads = (delegate* unmanaged<int, void>)threads;
    }

    /// <summary>Name of the library that has everything.</summary>
    public static string FileName => OperatingSystem.IsWindows() ? "torch_cpu.dll" : OperatingSystem.IsMacOS() ? "libtorch_cpu.dylib" : "libtorch_cpu.so";

    /// <param name="folder">Full path of the folder with the libraries.</param>
    /// <param name="position">Where the recipe says what needs them.</param>
    /// <param name="what">What needs them.</param>
    /// <exception cref="MergeException">MRG0021: not there. MRG0022: cannot be loaded. MRG0023: another version.</exception>
    public static TorchLibrary Load(string folder, SourcePosition position, string what)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) throw new MergeException(Errors.TorchMissing(position, what, folder, FileName));
        foreach (string needed in Before(folder)) Open(needed, position, what);
        nint library = Open(file, position, what);
        if (VersionOf(library) is { } other) throw new MergeException(Errors.TorchVersion(position, what, folder, other, Version));
        return new TorchLibrary(library);
    }

    /// <summary>One thread for each call; tensors run side by side instead. The number of threads decides last bits.</summary>
    internal void UseOneThread()
    {
        if (isSingle || setThreads is null) return;
        setThreads(1);
        isSingle = true;
    }

    /// <summary>What the library depends on, in the order of loading: the loader finds by name what is in the process.</summary>
    static IEnumerable<string> Before(string folder)
    {
        string[] patterns = OperatingSystem.IsWindows() ? ["libiomp5md.dll", "c10.dll"] : OperatingSystem.IsMacOS() ? ["libomp.dylib", "libc10.dylib"] : ["libgomp*.so*", "libc10.so"];
        return patterns.SelectMany(pattern => Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal));
    }

    static nint Open(string file, SourcePosition position, string what)
    {
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new MergeException(Errors.TorchNotLoaded(position, what, file, e.Message.ReplaceLineEndings(" ").Trim()));
        }
    }

    /// <returns>null: it is the right one.</returns>
    static string? VersionOf(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out nint export)) return "an older one, or another library";
        ulong found = ((delegate* unmanaged<ulong>)export)();
        return found == Abi ? null : string.Create(CultureInfo.InvariantCulture, $"{found >> 56}.{found >> 48 & 0xFF}.{found >> 40 & 0xFF}");
    }

    static int Code(nint library, string name) => ((delegate* unmanaged<int>)NativeLibrary.GetExport(library, name))();
}
