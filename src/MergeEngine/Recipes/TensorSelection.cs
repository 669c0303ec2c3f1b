namespace MergeEngine.Recipes;

/// <summary>Which tensors of weight files are merged where the files differ.</summary>
public enum TensorSelection
{
    /// <summary>Every file has every tensor, or it is an error.</summary>
    All,

    /// <summary>Those that all files have.</summary>
    Intersection,

    /// <summary>Those that any file has, from the files that have them.</summary>
    Union,
}
