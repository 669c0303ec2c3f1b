using System.Numerics;
using System.Runtime.InteropServices;

namespace MergeEngine.Checkpoints.Torch;

/// <summary>Runs pickles of protocols 2 to 5 with values that are only descriptions: it calls, imports and looks up nothing.</summary>
/// <remarks>Names that are not on the list are gathered, not resolved; a pickle with one of them has no result.</remarks>
sealed class PickleMachine(string file, PickleInput input, ParserMemory memory)
{
    /// <summary>Longest pickle that is read, in bytes: some 100,000 tensors.</summary>
    public const long MaxLength = 32 << 20;

    const int MaxNames = 100, SlotCost = 24, MemoCost = 96;

    readonly PickleCalls calls = new(input, memory);
    readonly List<object?> stack = [];
    readonly List<int> marks = [];
    readonly Dictionary<uint, object?> memo = [];
    readonly SortedSet<string> refused = new(StringComparer.Ordinal);
    int slots;
    int mostMarks;
    long start;

    /// <summary>By key, as the first mention describes them.</summary>
    public IReadOnlyDictionary<string, TorchStorage> Storages => calls.Storages;

    /// <returns>The next pickle's object.</returns>
    /// <exception cref="MergeException">MRG0263: malformed. MRG0264: names that are not allowed, all of them. MRG0265: protocol. MRG0266: too large.</exception>
    public object? Read()
    {
        stack.Clear();
        marks.Clear();
        memo.Clear();
        start = input.Position;
        object? result = null;
        try
        {
            result = Run();
        }
        catch (MergeException) when (refused.Count > 0)
        {
            // Values of refused names do not fit anywhere; the names are the error.
        }
        return refused.Count == 0 ? result : throw new MergeException(Errors.GlobalsRefused(file, [.. refused]));
    }

    object? Run()
    {
        if (input.ReadByte() != 0x80) throw input.Malformed("no protocol number at its start");
        if (input.ReadByte() is not (>= 2 and <= 5) and var protocol) throw new MergeException(Errors.PickleProtocol(file, protocol));
        for (byte code; (code = input.ReadByte()) != (byte)'.';)
        {
            if (input.Position - start > MaxLength) throw new MergeException(Errors.TorchParserLimit(file, MaxLength));
            if (!PushesValue(code) && !BuildsValue(code) && !MovesValue(code)) throw input.Malformed($"the opcode 0x{code:x2}, which is unknown or not used by torch");
        }
        return Pop();
    }

    bool PushesValue(byte code)
    {
        switch ((char)code)
        {
            case 'N': Push(null); break;
            case '\x88': Push(PickleValues.True); break;
            case '\x89': Push(PickleValues.False); break;
            case 'K': Push(PickleValues.Of(input.ReadByte())); break;
            case 'M': PushNumber(input.ReadUInt16()); break;
            case 'J': PushNumber(input.ReadInt32()); break;
            case '\x8a': PushLong(input.ReadByte()); break;
            case '\x8b': PushLong(input.ReadUInt32()); break;
            case 'G': PushSkipped(8); break;
            case 'C': PushSkipped(input.ReadByte()); break;
            case 'B': PushSkipped(input.ReadUInt32()); break;
            case '\x8e' or '\x96': PushSkipped(input.ReadUInt64()); break;
            case 'U' or '\x8c': PushString(input.ReadByte()); break;
            case 'T' or 'X': PushString(input.ReadUInt32()); break;
            case '\x8d': PushString(input.ReadUInt64()); break;
            case 'c': Push(Global(input.ReadLine() + "." + input.ReadLine())); break;
            case '\x93': PushStackGlobal(); break;
            default: return false;
        }
        return true;
    }

    bool BuildsValue(byte code)
    {
        switch ((char)code)
        {
            case ')': Push(PickleValues.EmptyTuple); break;
            case ']': PushList(); break;
            case '}': Push(calls.Dict()); break;
            case '\x8f': Push(PickleValues.Opaque); break;
            case 't': Push(Tuple(PopMark())); break;
            case '\x85': Push(Tuple(stack.Count - 1)); break;
            case '\x86': Push(Tuple(stack.Count - 2)); break;
            case '\x87': Push(Tuple(stack.Count - 3)); break;
            case 'a': Append(stack.Count - 1); break;
            case 'e': Append(PopMark()); break;
            case 's': SetItems(stack.Count - 2); break;
            case 'u': SetItems(PopMark()); break;
            case '\x90': Cut(PopMark()); break;
            case '\x91': Cut(PopMark()); Push(PickleValues.Opaque); break;
            case 'Q': Push(calls.Storage(Pop())); break;
            case 'R' or '\x81': Push(Call(Pop())); break;
            case '\x92': Pop(); Push(Call(Pop())); break;
            case 'b': Pop(); _ = Top; break;
            case 'i': Cut(PopMark()); Push(Global(input.ReadLine() + "." + input.ReadLine())); break;
            default: return false;
        }
        return true;
    }

    bool MovesValue(byte code)
    {
        switch ((char)code)
        {
            case '(': Mark(); break;
            case '0': Pop(); break;
            case '1': Cut(PopMark()); break;
            case '2': Push(Top); break;
            case 'q': Remember(input.ReadByte()); break;
            case 'r': Remember(input.ReadUInt32()); break;
            case '\x94': Remember((uint)memo.Count); break;
            case 'h': Push(Remembered(input.ReadByte())); break;
            case 'j': Push(Remembered(input.ReadUInt32())); break;
            case '\x95': input.Require(input.ReadUInt64()); break;
            default: return false;
        }
        return true;
    }

    /// <summary>The lowest place of the stack that may be taken from: below it lies a mark.</summary>
    int Floor => marks.Count > 0 ? marks[^1] : 0;

    object? Top => stack.Count > Floor ? stack[^1] : throw Underflow();

    MergeException Underflow() => input.Malformed("an operation on values that are not there");

    void Push(object? value)
    {
        if (stack.Count == slots)
        {
            memory.Take(SlotCost);
            slots++;
        }
        stack.Add(value);
    }

    object? Pop()
    {
        object? top = Top;
        stack.RemoveAt(stack.Count - 1);
        return top;
    }

    void Mark()
    {
        if (marks.Count == mostMarks)
        {
            memory.Take(SlotCost);
            mostMarks++;
        }
        marks.Add(stack.Count);
    }

    int PopMark()
    {
        if (marks.Count == 0) throw Underflow();
        int mark = marks[^1];
        marks.RemoveAt(marks.Count - 1);
        return mark;
    }

    void Cut(int from) => stack.RemoveRange(from, stack.Count - from);

    void PushNumber(long number)
    {
        if (!PickleValues.IsSmall(number)) memory.Take(SlotCost);
        Push(PickleValues.Of(number));
    }

    /// <summary>Integers of more than 63 bits mean nothing, but for the number that the legacy format starts with.</summary>
    void PushLong(uint length)
    {
        if (length > 16)
        {
            PushSkipped(length);
            return;
        }
        var number = new BigInteger(input.Take((int)length));
        if (number >= long.MinValue && number <= long.MaxValue)
        {
            PushNumber((long)number);
            return;
        }
        memory.Take(64);
        Push(number);
    }

    void PushSkipped(ulong length)
    {
        input.Skip(length);
        Push(PickleValues.Opaque);
    }

    void PushString(ulong length) => Push(input.ReadString(length) ?? PickleValues.Opaque);

    void PushList()
    {
        memory.Take(48);
        Push(new List<object?>());
    }

    object?[] Tuple(int from)
    {
        if (from < Floor) throw Underflow();
        memory.Take(24 + 8L * (stack.Count - from));
        object?[] items = CollectionsMarshal.AsSpan(stack)[from..].ToArray();
        Cut(from);
        return items;
    }

    void Append(int from)
    {
        if (from - 1 < Floor) throw Underflow();
        memory.Take(SlotCost * (long)(stack.Count - from));
        if (stack[from - 1] is List<object?> list)
            for (int i = from; i < stack.Count; i++) list.Add(stack[i]);
        else if (stack[from - 1] != PickleValues.Opaque) throw input.Malformed("an append to something else than a list");
        Cut(from);
    }

    void SetItems(int from)
    {
        if (from - 1 < Floor || (stack.Count - from) % 2 != 0) throw Underflow();
        if (stack[from - 1] is PickleDict dict)
            for (int i = from; i < stack.Count; i += 2) dict.Set(stack[i], stack[i + 1]);
        else if (stack[from - 1] != PickleValues.Opaque) throw input.Malformed("entries for something else than a dictionary");
        Cut(from);
    }

    void Remember(uint index)
    {
        if (!memo.ContainsKey(index)) memory.Take(MemoCost);
        memo[index] = Top;
    }

    object? Remembered(uint index) => memo.TryGetValue(index, out object? value) ? value : throw input.Malformed($"a reference to value {index}, which was not stored");

    object? Call(object? arguments) => calls.Call(Pop(), arguments);

    void PushStackGlobal()
    {
        if ((Pop(), Pop()) is not (string name, string module)) throw input.Malformed("a name that is no string");
        memory.Take(64 + 2L * (module.Length + name.Length));
        Push(Global($"{module}.{name}"));
    }

    object Global(string name)
    {
        if (TorchGlobal.Find(name) is { } known) return known;
        if (refused.Count < MaxNames && refused.Add(name)) memory.Take(128);
        return PickleValues.Opaque;
    }
}
