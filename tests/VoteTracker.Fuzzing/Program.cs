using SharpFuzz;
using VoteTracker.Fuzzing;

// Under afl-fuzz: one target, with inputs from it. Without it: every target with its seeds, or with files.
if (args is [var name] && Targets.All.TryGetValue(name, out var target))
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        target(bytes.ToArray());
    });
    return 0;
}
if (args is ["replay", var replayed, .. { Length: > 0 } files] && Targets.All.TryGetValue(replayed, out target))
{
    return Replay.Run(replayed, target, files);
}
if (args is ["replay", "seeds", var folder])
{
    return Targets.All.Sum(each =>
        Replay.Run(each.Key, each.Value, Directory.GetFiles(Path.Combine(folder, each.Key)))
    );
}
await Console.Error.WriteLineAsync(
    $"usage: VoteTracker.Fuzzing TARGET | replay TARGET FILE… | replay seeds FOLDER; the targets are {string.Join(", ", Targets.All.Keys)}"
);
return 2;
