using MergeEngine.Expressions;

namespace MergeEngine.Execution;

/// <summary>Expressions as steps over tile buffers: operands before users, equal subexpressions once, a register reused after its last use.</summary>
sealed class TileProgram
{
    readonly List<Step> steps = [];
    readonly List<Leaf> leaves = [];
    readonly Dictionary<LazyTensor, int> values = [];
    readonly Dictionary<(Operation, string), int> equal = [];

    TileProgram() { }

    /// <param name="Operation">What to do.</param>
    /// <param name="Operands">Registers read; until registers are assigned, numbers of steps.</param>
    /// <param name="Result">Register written.</param>
    /// <param name="Leaf">Index of the leaf that this is; -1 for other steps.</param>
    public sealed record Step(Operation Operation, int[] Operands, int Result, int Leaf);

    public IReadOnlyList<Step> Steps => steps;

    /// <summary>What is read, each once.</summary>
    public IReadOnlyList<Leaf> Leaves => leaves;

    public int RegisterCount { get; private set; }

    /// <summary>Register that holds each wanted tensor at the end, in the order they were given.</summary>
    public int[] Wanted { get; private set; } = [];

    public static TileProgram Compile(IReadOnlyList<LazyTensor> wanted)
    {
        var program = new TileProgram();
        program.Wanted = [.. wanted.Select(program.Add)];
        program.AssignRegisters();
        return program;
    }

    /// <returns>The step that computes the tensor.</returns>
    int Add(LazyTensor tensor)
    {
        if (values.TryGetValue(tensor, out int known)) return known;
        int[] operands = [.. tensor.Operands.Select(Add)];
        var key = (tensor.Operation, string.Join(',', operands));
        if (!equal.TryGetValue(key, out int step))
        {
            step = steps.Count;
            steps.Add(new Step(tensor.Operation, operands, step, LeafIndex(tensor.Operation)));
            equal.Add(key, step);
        }
        return values[tensor] = step;
    }

    int LeafIndex(Operation operation)
    {
        if (operation is not Leaf leaf) return -1;
        leaves.Add(leaf);
        return leaves.Count - 1;
    }

    /// <summary>A step may write where an operand lies that it is the last to use: operations read an element of all operands before they write it.</summary>
    void AssignRegisters()
    {
        int[] lastUse = LastUses(), registers = new int[steps.Count];
        Stack<int> free = [];
        for (int i = 0; i < steps.Count; i++)
        {
            var step = steps[i];
            foreach (int operand in step.Operands.Where(operand => lastUse[operand] == i).Distinct()) free.Push(registers[operand]);
            registers[i] = free.TryPop(out int register) ? register : RegisterCount++;
            steps[i] = step with { Operands = [.. step.Operands.Select(operand => registers[operand])], Result = registers[i] };
        }
        Wanted = [.. Wanted.Select(step => registers[step])];
    }

    int[] LastUses()
    {
        int[] lastUse = new int[steps.Count];
        for (int i = 0; i < steps.Count; i++)
            foreach (int operand in steps[i].Operands) lastUse[operand] = i;
        foreach (int step in Wanted) lastUse[step] = int.MaxValue;
        return lastUse;
    }
}
