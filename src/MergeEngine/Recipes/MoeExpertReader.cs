using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads the experts of a mixture.</summary>
sealed class MoeExpertReader(NodeReader reader)
{
    const string What = "an expert";

    /// <param name="node">A list; null: no experts.</param>
    /// <returns>Those without errors.</returns>
    public IReadOnlyList<MoeExpert> Read(YamlNode? node, string key)
    {
        if (node is null) return [];
        IReadOnlyList<YamlNode> items = reader.List(node, key);
        if (node is YamlList && items.Count == 0 && key == "'experts'") reader.Report(Errors.EmptyList(node.Position, "experts"));
        return [.. items.Select(Read).OfType<MoeExpert>()];
    }

    MoeExpert? Read(YamlNode node)
    {
        if (reader.Map(node, What) is not { } map) return null;
        var model = map.Require("source_model") is { } modelNode ? reader.Reference(modelNode, "'source_model'") : null;
        var (positive, negative) = (Prompts(map, "positive_prompts"), Prompts(map, "negative_prompts"));
        var (noise, residual) = (Number(map, "noise_scale"), Number(map, "residual_scale"));
        map.WarnAboutOthers();
        return model is { } given ? new MoeExpert(given, positive, negative, noise, residual) : null;
    }

    Placed<string>[] Prompts(MapReader map, string key) => map.Find(key) is { } node
        ? [.. reader.List(node, $"'{key}'").Select(item => reader.Text(item, $"an item of '{key}'")).OfType<Placed<string>>()]
        : [];

    Placed<double>? Number(MapReader map, string key)
    {
        if (map.Find(key) is not { } node) return null;
        if (node is YamlScalar { Number: { } number })
        {
            if (!double.IsFinite(number)) reader.Report(Errors.NotFinite(node.Position, key, ((YamlScalar)node).Text));
            return new Placed<double>(number, node.Position);
        }
        reader.WrongType(node, $"'{key}'", "a number");
        return null;
    }
}
