namespace VoteTracker.Tests.Process;

/// <summary>The round of <see cref="KillTests"/> finds deliberate faults of the service.</summary>
[OnlySqlite]
public sealed class SabotageTests
{
    /// <summary>The maximum number of rounds to find a fault. Usually one is enough.</summary>
    private const int Rounds = 20;

    private static readonly Sabotage[] Sabotages =
    [
        // The pause simulates a slow disk. The process is killed at the first response.
        new(
            "answers before its commit",
            KillAt.AnAnswer,
            "was acknowledged and does not exist",
            [
                new(
                    "Database/BatchCommit.cs",
                    "_writing.Commit(_last, changed);",
                    $$"""
                    if (changed.Count > 0 && {{Saboteur.IsSelected("answers before its commit")}})
                    {
                        foreach (var early in batch) { early.Complete(); }
                        Thread.Sleep(100);
                    }
                    _writing.Commit(_last, changed);
                    """
                ),
            ]
        ),
        new(
            "forgets the version a writer saw",
            KillAt.Random,
            "was written over version",
            [
                new(
                    "Endpoints/Conditional/Precondition.cs",
                    "!tag.IsWeak && ETags.IsOf(v, tag.Tag.AsSpan())",
                    $"!tag.IsWeak && ({Saboteur.IsSelected("forgets the version a writer saw")} || ETags.IsOf(v, tag.Tag.AsSpan()))"
                ),
            ]
        ),
        new(
            "commits each statement alone",
            KillAt.Random,
            "half a write",
            [
                .. (
                    (string[])
                        [
                            "BEGIN IMMEDIATE",
                            "COMMIT",
                            "SAVEPOINT one_write",
                            "RELEASE one_write",
                            "ROLLBACK TO one_write",
                        ]
                ).Select(sql => new SourceChange(
                    "Database/Sqlite/SqliteWriting.cs",
                    $"\"{sql}\"",
                    $"({Saboteur.IsSelected("commits each statement alone")} ? \"SELECT 1\" : \"{sql}\")"
                )),
                new(
                    "Features/Changes/ResolutionVersion.cs",
                    "await Append(",
                    $"Thread.Sleep({Saboteur.IsSelected("commits each statement alone")} ? 20 : 0); await Append("
                ),
            ]
        ),
    ];

    private Saboteur _saboteur = null!;

    [OneTimeSetUp]
    public async Task Build() => _saboteur = await Saboteur.Build(Sabotages.SelectMany(s => s.Changes));

    [OneTimeTearDown]
    public void Delete() => _saboteur?.Dispose();

    [TestCaseSource(nameof(Names))]
    public async Task A_kill_round_finds_this_fault(string name)
    {
        var sabotage = Sabotages.Single(s => s.Name == name);
        for (var round = 1; ; round++)
        {
            var verdict = await KillRound.Run(_saboteur.Program, sabotage.Moment, sabotage.Name);
            TestContext.Out.WriteLine($"round {round}: {verdict}");
            var isFound = verdict.Wrong.Any(w => w.Contains(sabotage.Finding, StringComparison.Ordinal));
            if (isFound || round == Rounds)
            {
                isFound.ShouldBeTrue($"{verdict}");
                return;
            }
        }
    }

    private static IEnumerable<string> Names() => Sabotages.Select(s => s.Name);

    /// <summary>A fault, the moment of the kill, and what the round must report.</summary>
    private sealed record Sabotage(string Name, KillAt Moment, string Finding, IReadOnlyList<SourceChange> Changes);
}
