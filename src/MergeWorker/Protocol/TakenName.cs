namespace MergeWorker.Protocol;

/// <summary>A model name that another recipe has.</summary>
sealed record TakenName(string Name, string Recipe);
