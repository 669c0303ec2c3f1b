using MergeEngine.Checkpoints;
using MergeEngine.Methods;
using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Makes a recipe of one document, or says everything that is wrong with it.</summary>
sealed class RecipeReader(IReadOnlyDictionary<string, IMergeMethod> methods)
{
    const string What = "the recipe";

    readonly List<Diagnostic> findings = [];
    readonly List<Placed<ModelReference>> references = [];

    /// <param name="findings">All errors and warnings about the document.</param>
    /// <param name="references">Every model that the document names, also where there is an error.</param>
    /// <returns>Null if there is an error.</returns>
    public static Recipe? Read(
        YamlNode document, IReadOnlyDictionary<string, IMergeMethod> methods, out IReadOnlyList<Diagnostic> findings, out IReadOnlyList<Placed<ModelReference>> references)
    {
        var reader = new RecipeReader(methods);
        (findings, references) = (reader.findings, reader.references);
        return reader.Read(document);
    }

    Recipe? Read(YamlNode document)
    {
        var reader = new NodeReader(findings, references);
        if (document.IsNull)
            reader.Report(Errors.EmptyDocument(document.Position));
        else if (reader.Map(document, What) is { } map && ReadKind((YamlMap)document, map, reader) is { } recipe && !HasErrors)
            return recipe with { Warnings = RepeatedWarnings.Joined(findings) };
        return null;
    }

    bool HasErrors => findings.Any(finding => finding.Severity == Severity.Error);

    /// <summary>The keys tell what kind of recipe it is.</summary>
    Recipe? ReadKind(YamlMap document, MapReader map, NodeReader reader) =>
        MoeReader.Reads(document) ? new MoeReader(map, reader).Read(What) : Read(map, reader);

    Recipe? Read(MapReader map, NodeReader reader)
    {
        Placed<IMergeMethod>? method = Method(map, reader);
        if (method is { Value: ExtractLora }) return new ExtractionReader(reader, method.Value).Read(map);
        var parameters = new ParameterReader(method?.Value.Spec, reader);
        var name = DocumentName(map, reader);
        var recipeBase = map.Reference("base_model");
        var modules = new SourceReader(reader, parameters).Modules(map, What);
        var settings = parameters.Read(map.Find("parameters"), ofModel: false);
        var (dtype, outDtype) = (DtypeOf(map, "dtype", reader), DtypeOf(map, "out_dtype", reader));
        RecipeTokenizer? tokenizer = new TokenizerReader(reader).Read(map);
        Placed<string>? template = new ChatTemplateReader(reader).Read(map);
        var (nonfinite, dropped) = (map.Boolean("allow_nonfinite"), map.Boolean("allow_dropped_tensors"));
        Placed<TensorSelection>? tensors = TensorsOf(map, reader);
        Placed<ulong>? seed = Seed(map, reader);
        map.WarnAboutOthers(parameters.Knows);
        if (method is null) return null;
        CheckBase(method.Value, recipeBase, modules, reader);
        return new MergeRecipe
        {
            Position = map.Position,
            Name = name,
            Method = method.Value,
            Base = recipeBase,
            Modules = modules,
            Parameters = settings,
            Dtype = dtype,
            OutDtype = outDtype,
            Tokenizer = tokenizer,
            ChatTemplate = template,
            AllowNonfinite = nonfinite,
            AllowDroppedTensors = dropped,
            Tensors = tensors,
            Seed = seed,
            Warnings = findings,
        };
    }

    Placed<IMergeMethod>? Method(MapReader map, NodeReader reader)
    {
        if (map.Require("merge_method") is not { } node || reader.Text(node, "'merge_method'") is not { } id) return null;
        if (id.Value == ExtractLora.Id) return new Placed<IMergeMethod>(new ExtractLora(), id.Position);
        if (methods.TryGetValue(id.Value, out IMergeMethod? method)) return new Placed<IMergeMethod>(method, id.Position);
        reader.Report(Errors.UnknownMethod(id.Position, id.Value, methods.Keys));
        return null;
    }

    /// <summary>The name of a document becomes the name of a folder.</summary>
    internal static Placed<string>? DocumentName(MapReader map, NodeReader reader)
    {
        Placed<string>? name = map.Text("name");
        if (name is { } given && (given.Value is "" or "." or ".." || given.Value.AsSpan().ContainsAny("/\\:*?\"<>|\n\r\t")))
            reader.Report(Errors.BadDocumentName(given.Position, given.Value));
        return name;
    }

    internal static Placed<ulong>? Seed(MapReader map, NodeReader reader) => map.Find("seed") is { } node ? reader.Unsigned(node, "'seed'") : null;

    internal static Placed<Dtype>? DtypeOf(MapReader map, string key, NodeReader reader)
    {
        if (map.Text(key) is not { } name) return null;
        if (DtypeNames.Find(name.Value) is { } dtype) return new Placed<Dtype>(dtype, name.Position);
        reader.Report(Errors.UnknownDtype(name.Position, key, name.Value));
        return null;
    }

    static Placed<TensorSelection>? TensorsOf(MapReader map, NodeReader reader)
    {
        if (map.Find("tensors") is not { } node) return null;
        foreach (TensorSelection selection in Enum.GetValues<TensorSelection>())
            if (node is YamlScalar word && word.Text == selection.ToString().ToLowerInvariant()) return new Placed<TensorSelection>(selection, node.Position);
        reader.WrongType(node, "'tensors'", "all, intersection or union");
        return null;
    }

    static void CheckBase(Placed<IMergeMethod> method, Placed<ModelReference>? recipeBase, IReadOnlyList<RecipeModule> modules, NodeReader reader)
    {
        bool lacksBase = modules.SelectMany(module => module.Slices ?? []).Any(slice => slice.Base is null);
        if (method.Value.Spec.NeedsBase && recipeBase is null && lacksBase) reader.Report(Errors.MissingBase(method.Position, method.Value.Spec.Id));
    }
}
