// The process that merges. Argument: a request file; or "schema" and the file to write the schema of recipes to. Standard input: the lifeline; "cancel" or its end stops the work.
// Standard output: events, one JSON object a line, nothing else. Exit codes: 0 done, 2 errors were reported, 130 stopped.
using MergeEngine.Recipes.Schema;
using MergeWorker;
using MergeWorker.Protocol;

using var lifeline = new Lifeline(Console.OpenStandardInput());
using var events = new EventWriter(Console.OpenStandardOutput(), lifeline.Stop);
// A library that writes to the console must not break the protocol.
Console.SetOut(Console.Error);
if (args is ["schema", var schema])
    return FileErrors.Try(() => File.WriteAllText(schema, RecipeSchema.Text()), schema, events.Send) ? ExitCodes.Done : ExitCodes.Errors;
try
{
    var run = new WorkerRun(WorkerRequest.Read(args[0]), events, lifeline.Stopped);
    return run.Execute() ? ExitCodes.Done : ExitCodes.Errors;
}
catch (OperationCanceledException)
{
    return ExitCodes.Stopped;
}
