using MergeEngine.Recipes.Yaml;

namespace MergeEngine.Recipes;

/// <summary>Reads a mixture-of-experts recipe, which has <c>experts</c> where others have a method.</summary>
sealed class MoeReader(MapReader map, NodeReader reader)
{
    const int DefaultExpertsPerToken = 2;

    public static bool Reads(YamlMap document) => document.Find("merge_method") is null && document.Find("experts") is { IsNull: false };

    /// <returns>Null after some of the errors.</returns>
    public MoeRecipe? Read(string what)
    {
        var name = RecipeReader.DocumentName(map, reader);
        var recipeBase = map.Require("base_model") is { } node ? reader.Reference(node, "'base_model'") : null;
        var experts = new MoeExpertReader(reader);
        var (chosen, shared) = (experts.Read(map.Require("experts"), "'experts'"), experts.Read(map.Find("shared_experts"), "'shared_experts'"));
        var (dtype, architecture, seed) = (RecipeReader.DtypeOf(map, "dtype", reader), map.Text("architecture"), RecipeReader.Seed(map, reader));
        var (allSame, nonfinite, dropped) = (map.Boolean("allow_all_same"), map.Boolean("allow_nonfinite"), map.Boolean("allow_dropped_tensors"));
        var (mode, perToken) = (Mode(), PerToken(chosen.Count));
        map.WarnAboutOthers();
        if (recipeBase is null || chosen.Count == 0 || mode is null || perToken is null) return null;
        MoeChecks.Report(chosen, shared, mode.Value.Value, allSame is { Value: true }, reader);
        return new MoeRecipe
        {
            Position = map.Position,
            Name = name,
            Base = recipeBase,
            Experts = chosen,
            SharedExperts = shared,
            GateMode = mode.Value,
            ExpertsPerToken = perToken.Value,
            Architecture = architecture,
            Dtype = dtype,
            AllowAllSame = allSame,
            AllowNonfinite = nonfinite,
            AllowDroppedTensors = dropped,
            Seed = seed,
            Warnings = [],
        };
    }

    Placed<GateMode>? Mode()
    {
        Placed<string>? given = map.Text("gate_mode");
        var (name, position) = (given?.Value ?? GateModes.Default, given?.Position ?? map.Position);
        if (GateModes.Find(name) is { } mode) return new Placed<GateMode>(mode, position);
        reader.Report(GateModes.NeedsForwardPass(name)
            ? Errors.GateModeNotAvailable(position, name, isDefault: given is null, GateModes.Accepted)
            : Errors.UnknownGateMode(position, name, GateModes.Accepted));
        return null;
    }

    Placed<int>? PerToken(int experts)
    {
        YamlNode? node = map.Find("experts_per_token");
        int? found = node is null ? DefaultExpertsPerToken : reader.Integer(node, "'experts_per_token'");
        if (found is not { } count) return null;
        SourcePosition position = node?.Position ?? map.Position;
        if (experts > 0 && (count < 1 || count > experts)) reader.Report(Errors.ExpertsPerToken(position, count, experts, isDefault: node is null));
        return new Placed<int>(count, position);
    }
}
