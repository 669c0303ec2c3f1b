using System.IO.Enumeration;
using MergeEngine.Output;
using MergeEngine.Recipes;
using MergeEngine.Tokenizers;

namespace MergeEngine.Planning;

/// <summary>Decides which files of a tokenizer the output gets: copied as they are where nothing changes, else written anew.</summary>
/// <param name="plan">The output's vocabulary; null: the donor's.</param>
sealed class TokenizerFiles(MergeRecipe recipe, TokenizerPlan? plan, RecipeModels models, PlanningContext context, List<Diagnostic> findings)
{
    /// <summary>Files that hold a vocabulary, or settings of a tokenizer.</summary>
    static readonly string[] Patterns = [.. TokenizerFolder.VocabularyFiles, .. TokenizerFolder.SettingsFiles, "*.tiktoken", "additional_chat_templates/*"];

    readonly List<OutputText> texts = [];

    /// <summary>Files to write.</summary>
    public IReadOnlyList<OutputText> Texts => texts;

    /// <summary>Files of the tokenizers that count, and the folder of the origin.</summary>
    public IReadOnlyList<string> LookedAt => [.. Folders.SelectMany(folder => folder.Files.Append(folder.Directory)).Distinct()];

    IEnumerable<TokenizerFolder> Folders => (plan, recipe.ChatTemplate) switch
    {
        (null, null) => [],
        (null, { Value: not ChatTemplates.Auto }) => [Donor],
        _ => recipe.Models.Select(model => Of(model.Value)).Concat(plan is null ? [] : [plan.Origin]),
    };

    TokenizerFolder Donor => Of(models.DonorReference);

    TokenizerFolder Of(ModelReference model) => context.Models.Tokenizer(models[model].Directory);

    /// <summary>Files to copy.</summary>
    /// <param name="ofDonor">All side files of the donor.</param>
    public IReadOnlyList<SideFile> Choose(IReadOnlyList<SideFile> ofDonor)
    {
        if (plan is null && (!context.CopyTokenizer || recipe.ChatTemplate is not null && !Exists(Donor)))
        {
            if (recipe.ChatTemplate is { } unused) findings.Add(Errors.TemplateWithoutTokenizer(unused.Position));
            texts.AddRange(models.Donor.Texts.Where(file => context.CopyTokenizer || !IsTokenizers(file.Name)));
            return [.. ofDonor.Where(file => context.CopyTokenizer || !IsTokenizers(file.Name))];
        }
        texts.AddRange(models.Donor.Texts);
        if (plan is null && recipe.ChatTemplate is null) return ofDonor;
        TokenizerFolder origin = plan?.Origin ?? Donor;
        IEnumerable<SideFile> files = origin.Directory == models.Donor.Directory ? ofDonor
            : ofDonor.Where(file => !IsTokenizers(file.Name)).Concat(SideFile.Of(origin.Directory, []).Where(file => IsTokenizers(file.Name)));
        if (plan is { Vocabulary.IsChanged: true }) files = WithVocabulary(files, plan);
        string? template = recipe.ChatTemplate is { } given ? Template(given.Value) : null;
        return [.. WithSettings(files, origin, template).OrderBy(file => file.Name, StringComparer.Ordinal)];
    }

    static bool Exists(TokenizerFolder folder) => folder.Config is not null || folder.Present.Count > 0;

    static bool IsTokenizers(string name) => Patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));

    /// <summary>Other forms of the same vocabulary would be out of date.</summary>
    IEnumerable<SideFile> WithVocabulary(IEnumerable<SideFile> files, TokenizerPlan changed)
    {
        string path = changed.Origin.File!.Path;
        texts.Add(new OutputText(TokenizerFile.FileName, () => TokenizerWriter.Text(TokenizerFile.Read(path), changed.Vocabulary)));
        return files.Where(file => !TokenizerFolder.VocabularyFiles.Contains(file.Name) && !file.Name.EndsWith(".tiktoken", StringComparison.Ordinal));
    }

    /// <summary>A new template goes where the origin has its own: into tokenizer_config.json or a file of its own.</summary>
    IEnumerable<SideFile> WithSettings(IEnumerable<SideFile> files, TokenizerFolder origin, string? template)
    {
        bool inConfig = origin.Config is { HoldsTemplate: true } && !origin.HasTemplateFile;
        bool newTokens = plan is { Vocabulary.IsChanged: true } && origin.Config is { ListsAddedTokens: true };
        List<string> replaced = [];
        if (template is not null && !inConfig)
        {
            texts.Add(new OutputText(TokenizerFolder.TemplateFileName, template));
            replaced.AddRange([TokenizerFolder.TemplateFileName, "chat_template.json"]);
        }
        if (origin.Config is { } config && (newTokens || template is not null && config.HoldsTemplate))
        {
            texts.Add(new OutputText(TokenizerConfig.FileName, config.With(newTokens ? plan!.Vocabulary.Added : null, template is not null, inConfig ? template : null)));
            replaced.Add(TokenizerConfig.FileName);
        }
        return files.Where(file => !replaced.Contains(file.Name));
    }

    string? Template(string asked) => asked == ChatTemplates.Auto
        ? ChatTemplates.MostFrequent(recipe.Models.Select(model => Of(model.Value).Template))
        : ChatTemplates.Find(asked) ?? asked;
}
