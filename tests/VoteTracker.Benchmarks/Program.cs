using VoteTracker.Benchmarks;

// One verb for each figure. Each measures the service and its yardstick alternately in one run, and prints the ratio last.
// The machines are noisy, so only ratios are comparable.
var verbs = new Dictionary<string, Func<Length, Task>>(StringComparer.Ordinal)
{
    ["poll"] = Poll.Run,
    ["not-modified"] = NotModified.Run,
    ["grow"] = Grow.Run,
    ["write"] = Write.Run,
    ["write-postgres"] = WritePostgres.Run,
    ["listen"] = Listen.Run,
    ["start"] = Start.Run,
    ["memory"] = Memory.Run,
    ["arithmetic"] = Arithmetic.Run,
    ["dependence"] = Dependence.Run,
    ["import"] = Import.Run,
    ["export"] = Export.Run,
    ["look-back"] = LookBack.Run,
    ["desk"] = Desk.Run,
    ["gaps"] = Gaps.Run,
    ["support"] = Support.Run,
    ["pages"] = Pages.Run,
    ["webhooks"] = Webhooks.Run,
};

if (args is ["bare", var urls])
{
    await Bare.Serve(urls);
    return 0;
}
var length = args.Contains("--short") ? Length.Short : Length.Full;
var asked = args.Where(a => a != "--short").ToList();
if (asked is ["all"])
{
    asked = [.. verbs.Keys];
}
if (asked.Count == 0 || asked.Exists(a => !verbs.ContainsKey(a)))
{
    await Console.Error.WriteLineAsync(
        $"usage: VoteTracker.Benchmarks all | {string.Join(" | ", verbs.Keys)} … [--short]"
    );
    return 2;
}
Machine.Print();
try
{
    foreach (var verb in asked)
    {
        await verbs[verb](length);
    }
    return 0;
}
catch (Exception exception)
{
    // Caught, so that every started server is stopped.
    await Console.Error.WriteLineAsync(exception.ToString());
    return 1;
}
