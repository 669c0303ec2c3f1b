namespace MergeWorker;

enum ModelStatus
{
    /// <summary>Read from the recipe; nothing is known of its inputs.</summary>
    Read,

    /// <summary>Its inputs are results of other documents of the recipe that are not made yet.</summary>
    Waiting,

    /// <summary>Planned, and its output is missing or was made for another key.</summary>
    ToRun,

    /// <summary>Its output is there and was made for the key of its plan.</summary>
    UpToDate,

    /// <summary>An error was reported; its last output is untouched.</summary>
    Failed,
}
