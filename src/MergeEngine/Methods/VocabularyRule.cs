namespace MergeEngine.Methods;

/// <summary>What a method does with embeddings and heads whose models differ in size.</summary>
public enum VocabularyRule
{
    /// <summary>An error.</summary>
    Equal,

    /// <summary>All are cropped to the rows and columns that every model has.</summary>
    Smallest,

    /// <summary>Models are cropped to the base; one that is smaller is an error.</summary>
    Base,
}
