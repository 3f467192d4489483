namespace VoteTracker.Tests.Process;

/// <summary>The moment at which the process is killed.</summary>
internal enum KillAt
{
    /// <summary>At a random moment.</summary>
    Random,

    /// <summary>As soon as a writer has a response. A write that was acknowledged too early is then lost.</summary>
    AnAnswer,
}

/// <summary>
/// One round: thirty-two writers, kill -9, a restart of the program on the same database, a check of every row, and more
/// writes.
/// </summary>
internal static class KillRound
{
    private const int Count = 32;

    /// <summary>The least number of acknowledged writes before the kill, and after it.</summary>
    private const int Least = 100;

    private const string Draft = "es-10-l-1";

    /// <summary>How long the writers run, before and after the kill together.</summary>
    private static readonly TimeSpan Spell = TimeSpan.FromSeconds(Length.IsSoak ? 10 : 2);

    /// <summary>Runs the round with a program, or with a fault of <see cref="Saboteur"/>, and reports what is wrong.</summary>
    public static async Task<Verdict> Run(string program, KillAt moment, string? sabotage = null)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        var writers = new Writers(Count, Draft);
        var before = Spell * (0.2 + 0.6 * Random.Shared.NextDouble());
        await using (var service = await Service.StartSabotaged(folder, program, sabotage))
        {
            await writers.Open(service);
            await WriteUntilKilled(service, writers, before, moment);
        }
        var answered = writers.Answered.Count;
        await using var again = await Service.StartSabotaged(folder, program, sabotage);
        var wrong = await Survey.WhatIsWrong(again, folder, Draft, writers);
        if (wrong.Count > 0)
        {
            // With half a write, the service may accept no other one.
            return new Verdict(answered, 0, writers.Refused, wrong);
        }
        using (var stop = new CancellationTokenSource())
        {
            var writing = writers.Run(again, stop.Token);
            await Wait(Spell - before, writers);
            await stop.CancelAsync();
            await writing;
        }
        wrong = [.. wrong.Union(await Survey.WhatIsWrong(again, folder, Draft, writers), StringComparer.Ordinal)];
        return new Verdict(answered, writers.Answered.Count - answered, writers.Refused, wrong);
    }

    private static async Task WriteUntilKilled(Service service, Writers writers, TimeSpan after, KillAt moment)
    {
        var due = 0;
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        writers.Answer = () =>
        {
            if (moment == KillAt.AnAnswer && Interlocked.CompareExchange(ref due, 0, 1) == 1)
            {
                service.KillAtOnce();
                killed.SetResult();
            }
        };
        using var stop = new CancellationTokenSource();
        var writing = writers.Run(service, stop.Token);
        await Wait(after, writers);
        if (moment == KillAt.AnAnswer)
        {
            Volatile.Write(ref due, 1);
            await killed.Task.WaitAsync(Hang.Limit, CancellationToken.None);
        }
        else
        {
            service.KillAtOnce();
        }
        await stop.CancelAsync();
        await writing;
        await service.Kill();
    }

    // First wait for some writes, because the machine can be slow; then for a random time.
    private static async Task Wait(TimeSpan spell, Writers writers)
    {
        var enough = writers.Answered.Count + Least;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (writers.Answered.Count < enough)
        {
            await Task.Delay(10, limit.Token);
        }
        await Task.Delay(spell, CancellationToken.None);
    }
}

/// <summary>The result of a round: the acknowledged writes before and after the kill, the rejected ones, and what is wrong.</summary>
internal sealed record Verdict(int Before, int After, int Refused, IReadOnlyList<string> Wrong)
{
    public override string ToString() =>
        $"{Before} writes answered before the kill, {After} after it, {Refused} refused; {Wrong.Count} faults: "
        + string.Join("; ", Wrong.Take(10));
}
