namespace VoteTracker.Tests.Process;

/// <summary>A write that was answered is there, whatever becomes of the process; and whether this test would see it if not.</summary>
public sealed class KillTests
{
    /// <summary>So many rounds are given to find what was made wrong; one is mostly enough.</summary>
    private const int RoundsToFind = 5;

    [Test]
    public async Task Every_answered_write_survives_a_kill_and_no_other_is_half_there()
    {
        var rounds = Length.IsSoak ? 50 : 3;
        for (var round = 1; round <= rounds; round++)
        {
            var verdict = await KillRound.Run(Service.Program, round % 2 == 0 ? KillAt.AnAnswer : KillAt.Random);
            TestContext.Out.WriteLine($"round {round}: {verdict}");
            verdict.Wrong.ShouldBeEmpty($"round {round} of {rounds}: {verdict}");
            verdict.Refused.ShouldBeGreaterThan(0, "two met on the same state");
        }
    }

    // The pause stands for a disk that takes its time; the kill comes as soon as somebody is answered.
    [OnlySqlite]
    [Test]
    public Task A_build_that_answers_before_its_commit_is_found_out() =>
        ShouldBeFoundOut(
            KillAt.AnAnswer,
            "was answered and is not there",
            (
                "Database/Writer.cs",
                "_writing.Commit(_last, changed);",
                """
                if (changed.Count > 0)
                {
                    foreach (var early in batch) { early.Complete(); }
                    Thread.Sleep(100);
                }
                _writing.Commit(_last, changed);
                """
            )
        );

    [OnlySqlite]
    [Test]
    public Task A_build_that_forgets_the_version_a_writer_saw_is_found_out() =>
        ShouldBeFoundOut(
            KillAt.Random,
            "was written over version",
            ("Http/Precondition.cs", "!tag.IsWeak && tag.Tag == ETags.Of(v)", "!tag.IsWeak")
        );

    [OnlySqlite]
    [Test]
    public Task A_build_that_commits_each_statement_alone_is_found_out() =>
        ShouldBeFoundOut(
            KillAt.Random,
            "half a write",
            ("Database/Sqlite/SqliteWriting.cs", "\"BEGIN IMMEDIATE\"", "\"SELECT 1\""),
            ("Database/Sqlite/SqliteWriting.cs", "\"COMMIT\"", "\"SELECT 1\""),
            ("Database/Sqlite/SqliteWriting.cs", "\"SAVEPOINT one_write\"", "\"SELECT 1\""),
            ("Database/Sqlite/SqliteWriting.cs", "\"RELEASE one_write\"", "\"SELECT 1\""),
            ("Database/Sqlite/SqliteWriting.cs", "\"ROLLBACK TO one_write\"", "\"SELECT 1\""),
            ("Features/Changes/Change.cs", "await Append(", "Thread.Sleep(20); await Append(")
        );

    private static async Task ShouldBeFoundOut(
        KillAt moment,
        string fault,
        params (string File, string Piece, string By)[] changes
    )
    {
        using var saboteur = await Saboteur.Build(changes);
        for (var round = 1; ; round++)
        {
            var verdict = await KillRound.Run(saboteur.Program, moment);
            TestContext.Out.WriteLine($"round {round}: {verdict}");
            if (round == RoundsToFind || verdict.Wrong.Any(w => w.Contains(fault, StringComparison.Ordinal)))
            {
                verdict.Wrong.ShouldContain(w => w.Contains(fault, StringComparison.Ordinal), $"{verdict}");
                return;
            }
        }
    }
}
