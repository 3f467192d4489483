namespace VoteTracker.Tests.Process;

/// <summary>Acknowledged writes survive the end of the process. <see cref="SabotageTests"/> shows that this test can fail.</summary>
[EveryEngine]
public sealed class KillTests
{
    [Test]
    public async Task Every_acknowledged_write_survives_a_kill_and_no_write_is_partly_there()
    {
        var rounds =
            Length.IsSoak ? 50
            : Databases.ArePostgres ? 1
            : 2;
        for (var round = 1; round <= rounds; round++)
        {
            var verdict = await KillRound.Run(Service.Program, round % 2 == 0 ? KillAt.AnAnswer : KillAt.Random);
            TestContext.Out.WriteLine($"round {round}: {verdict}");
            verdict.Wrong.ShouldBeEmpty($"round {round} of {rounds}: {verdict}");
            verdict.Refused.ShouldBeGreaterThan(0, "two writers conflicted on the same state");
        }
    }
}
