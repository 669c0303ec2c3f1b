using MergeEngine.Kernels;
using MergeEngine.Tests.Execution;

namespace MergeEngine.Tests.Kernels;

/// <summary>Element-wise operations on spans of 0 to 256 elements, at any alignment, also in place: every set does what one element's meaning says.</summary>
public class EveryLength
{
    static readonly float[] Numbers = [0.3f, -1, 0, 1e30f, float.Epsilon];

    public static TheoryData<string> Operations => [.. ElementOperation.All.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void GivesTheMeaningOfEachElement(string name)
    {
        ForAll(name, (kernels, operation, number, x, y, old, shift) =>
        {
            var (left, right, destination) = (Guarded(x, shift), Guarded(y, shift + 1), Guarded(old, shift + 2));
            operation.Call(kernels, left.Span, right.Span, number, destination.Span);
            SameBits.Check(Expected(operation, x, y, old, number), destination.Span, () => $"{kernels.Name} {name}");
            SameBits.Check(x, left.Span, () => "the source");
            foreach (var span in new[] { left, right, destination }) span.Check();
        });
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void WorksInPlaceOfEitherSource(string name)
    {
        ForAll(name, (kernels, operation, number, x, y, _, shift) =>
        {
            var (left, right) = (Guarded(x, shift), Guarded(y, shift));
            operation.Call(kernels, left.Span, y, number, left.Span);
            SameBits.Check(Expected(operation, x, y, x, number), left.Span, () => $"{kernels.Name} {name} in place of the first");
            operation.Call(kernels, x, right.Span, number, right.Span);
            SameBits.Check(Expected(operation, x, y, y, number), right.Span, () => $"{kernels.Name} {name} in place of the second");
        });
    }

    [Fact]
    public void IsTriedForEveryOperation()
    {
        var declared = typeof(KernelSet).GetMethods().Where(method => method.IsAbstract && !method.IsSpecialName).Select(method => method.Name);
        Assert.Equal(declared.Order(), ElementOperation.All.Keys.Concat(EveryLengthOfOthers.Names).Order());
    }

    delegate void Try(KernelSet kernels, ElementOperation operation, float number, float[] x, float[] y, float[] old, int shift);

    static void ForAll(string name, Try check)
    {
        for (int length = 0; length <= SpecialNumbers.MaxLength; length++)
        {
            float[] x = SpecialNumbers.Draw(length, length), y = SpecialNumbers.Draw(length, 1000 + length), old = SpecialNumbers.Draw(length, 2000 + length);
            foreach (var kernels in KernelSet.All) check(kernels, ElementOperation.All[name], Numbers[length % Numbers.Length], x, y, old, length);
        }
    }

    static GuardedSpan<float> Guarded(float[] content, int shift) => new(content, float.NaN, shift);

    static float[] Expected(ElementOperation operation, float[] x, float[] y, float[] old, float number) =>
        [.. x.Select((value, i) => operation.Meaning(value, y[i], old[i], number))];
}
