using System.Text.RegularExpressions;
using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads a recipe whose method is <c>extract_lora</c>.</summary>
sealed class ExtractionReader(NodeReader reader, Placed<IMergeMethod> method)
{
    /// <returns>Null after an error.</returns>
    public ExtractionRecipe? Read(MapReader map)
    {
        var name = RecipeReader.DocumentName(map, reader);
        var recipeBase = map.Reference("base_model");
        Placed<ModelReference>? model = Model(map, recipeBase?.Value);
        var parameters = new ParameterReader(method.Value.Spec, reader).Read(map.Find("parameters"), ofModel: false);
        var modules = new ModuleChoice(Patterns(map, "include"), Patterns(map, "exclude"), Texts(map, "save_modules"));
        var (dtype, outDtype) = (RecipeReader.DtypeOf(map, "dtype", reader), RecipeReader.DtypeOf(map, "out_dtype", reader));
        var dropped = map.Boolean("allow_dropped_tensors");
        map.WarnAboutOthers(key => method.Value.Spec.Find(key) is not null);
        if (recipeBase is null) reader.Report(Errors.MissingBase(method.Position, method.Value.Spec.Id));
        return recipeBase is null || model is null ? null : new ExtractionRecipe
        {
            Position = map.Position,
            Name = name,
            Method = method,
            Base = recipeBase,
            Model = model.Value,
            Parameters = parameters,
            Modules = modules,
            Dtype = outDtype ?? dtype,
            AllowDroppedTensors = dropped,
            Warnings = [],
        };
    }

    /// <summary>The only model besides the base, which may be listed too.</summary>
    Placed<ModelReference>? Model(MapReader map, ModelReference? recipeBase)
    {
        if (map.Require("models") is not { } node) return null;
        int before = reader.Findings.Count;
        Placed<ModelReference>[] models = [.. reader.List(node, "'models'").Select(Model).OfType<Placed<ModelReference>>().Where(model => model.Value != recipeBase)];
        if (models.Length == 1) return models[0];
        if (reader.Findings.Count == before) reader.Report(Errors.NotOneModel(node.Position, method.Value.Spec.Id, models.Length));
        return null;
    }

    Placed<ModelReference>? Model(YamlNode node)
    {
        if (reader.Map(node, "a model") is not { } map) return null;
        Placed<ModelReference>? model = map.Require("model") is { } given ? reader.Reference(given, "'model'") : null;
        map.WarnAboutOthers();
        return model;
    }

    IReadOnlyList<Placed<string>> Texts(MapReader map, string key) =>
        map.Find(key) is { } node ? [.. reader.List(node, $"'{key}'").Select(item => reader.Text(item, $"an item of '{key}'")).OfType<Placed<string>>()] : [];

    IReadOnlyList<Placed<Regex>> Patterns(MapReader map, string key) => [.. Texts(map, key).Select(Pattern).OfType<Placed<Regex>>()];

    /// <summary>Without backtracking, so that no pattern takes long.</summary>
    Placed<Regex>? Pattern(Placed<string> text)
    {
        try
        {
            return new Placed<Regex>(new Regex(text.Value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), text.Position);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            reader.Report(Errors.BadPattern(text.Position, text.Value, e.Message));
            return null;
        }
    }
}
