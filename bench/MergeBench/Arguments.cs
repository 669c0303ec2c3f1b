namespace MergeBench;

/// <summary>A verb and <c>--name value</c> pairs.</summary>
sealed class Arguments
{
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">A name is unknown or has no value.</exception>
    public Arguments(string[] arguments, params string[] known)
    {
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            if (!known.Contains(name) || i + 1 == arguments.Length)
                throw new ArgumentException($"'{name}': expected pairs of {string.Join(", ", known)} and a value");
            values[name] = arguments[i + 1];
        }
    }

    public string Text(string name, string otherwise) => values.GetValueOrDefault(name, otherwise);

    public int Number(string name, int otherwise) =>
        values.TryGetValue(name, out string? text) ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
}
