using System.Diagnostics;
using System.Globalization;
using System.Net;
using Dapper;

namespace VoteTracker.Tests.Process.Faults;

/// <summary>
/// A PostgreSQL server that cancels statements, ends sessions or loses connections while clients write. The service
/// recovers, every acknowledged write is stored exactly once, and no write that was reported as failed is stored.
/// </summary>
[OnlyPostgres]
public sealed class PostgresFaultsTests
{
    private const int Least = 100;
    private const double CutShare = 0.03;

    // Seconds, to set the length of a run.
    private static readonly string? Asked = Environment.GetEnvironmentVariable("VOTETRACKER_TESTS_FAULT_SECONDS");

    private static readonly TimeSpan Spell =
        Asked is not null ? TimeSpan.FromSeconds(int.Parse(Asked, CultureInfo.InvariantCulture))
        : Length.IsSoak ? TimeSpan.FromMinutes(10)
        : TimeSpan.FromSeconds(4);

    /// <summary>The longest recovery of the service, also on a machine that is busy with other work.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private PostgresServer _server = null!;

    // The server waits before it writes a commit to the disk, so that sessions often end between a commit and its response.
    [OneTimeSetUp]
    public void StartServer() => _server = new PostgresServer("-c", "commit_delay=5000", "-c", "commit_siblings=0");

    [OneTimeTearDown]
    public void StopServer() => _server.Dispose();

    [Test]
    public async Task Statements_are_cancelled_after_2_milliseconds()
    {
        using var campaign = new FaultyCampaign(_server);
        await Check(
            campaign,
            begin: () => campaign.Administer($"ALTER ROLE {campaign.Role} SET statement_timeout = '2ms'"),
            // A session has the setting from its beginning on.
            repeat: campaign.TerminateBackends,
            TimeSpan.FromMilliseconds(500),
            end: () => campaign.Administer($"ALTER ROLE {campaign.Role} RESET statement_timeout")
        );
    }

    [Test]
    public async Task Backends_are_terminated_again_and_again()
    {
        using var campaign = new FaultyCampaign(_server);
        await Check(
            campaign,
            begin: () => { },
            repeat: campaign.TerminateCommittingBackends,
            TimeSpan.FromMilliseconds(5),
            end: () => { },
            leastUnknown: 1
        );
    }

    [Test]
    public async Task Connections_are_cut_in_the_middle_of_a_packet()
    {
        using var campaign = new FaultyCampaign(_server);
        await Check(
            campaign,
            begin: () => campaign.Proxy.Share = CutShare,
            repeat: () => { },
            TimeSpan.FromMilliseconds(20),
            end: () => campaign.Proxy.Share = 0
        );
        campaign.Proxy.Cuts.ShouldBeGreaterThan(0);
    }

    private static async Task Check(
        FaultyCampaign campaign,
        Action begin,
        Action repeat,
        TimeSpan interval,
        Action end,
        int leastUnknown = 0
    )
    {
        await using var service = await campaign.Start();
        using var admin = service.Client();
        var resolution = await admin.OpenDraft();
        var writers = new FaultWriters(service, resolution);
        using var stop = new CancellationTokenSource();
        var writing = writers.Run(stop.Token);
        await Until(service, () => writers.Acknowledged.Count >= Least, () => { }, interval);

        begin();
        var clock = Stopwatch.StartNew();
        await Until(
            service,
            () =>
                clock.Elapsed >= Spell
                && writers.Unknown.Count >= leastUnknown
                && writers.NotDone.Count + writers.Unknown.Count >= Least / 5,
            repeat,
            interval
        );
        end();
        campaign.TerminateBackends();
        var before = writers.Acknowledged.Count;
        await Until(service, () => writers.Acknowledged.Count >= before + Least, () => { }, interval);
        await stop.CancelAsync();
        await writing;

        await TestContext.Out.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.Elapsed.TotalSeconds:0} s: {writers.Acknowledged.Count} acknowledged, {writers.NotDone.Count} not done, {writers.Unknown.Count} to be read again, {campaign.Terminated} backends terminated, {campaign.Proxy.Cuts} connections cut"
            )
        );
        writers.Unexpected.ShouldBeEmpty();
        await ShouldBeStored(campaign, resolution, writers);
        using var ready = await admin.GetAsync("/health/ready");
        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task ShouldBeStored(FaultyCampaign campaign, string resolution, FaultWriters writers)
    {
        await using var connection = campaign.Open();
        var stored = campaign.Decrypt(
            await connection.QueryAsync<string>(
                "SELECT name FROM contact UNION ALL SELECT note FROM stance_change WHERE resolution = @resolution",
                new { resolution }
            )
        );
        var once = stored.ToHashSet(StringComparer.Ordinal);
        stored.Count.ShouldBe(once.Count, "nothing is stored twice");
        writers.Acknowledged.Where(text => !once.Contains(text)).ShouldBeEmpty("every acknowledged write is stored");
        writers.NotDone.Where(once.Contains).ShouldBeEmpty("no write that was said not to be done is stored");
        var known = writers.Acknowledged.Concat(writers.Unknown).ToHashSet(StringComparer.Ordinal);
        once.Where(text => !known.Contains(text)).ShouldBeEmpty("no other write is stored");
        var versions = await connection.QuerySingleAsync<(long Version, long Stances, long Changes)>(
            """
            SELECT
                version,
                (SELECT COUNT(*) FROM stance_change WHERE resolution = id),
                (SELECT COUNT(*) FROM change WHERE resolution = id)
            FROM resolution
            WHERE id = @resolution
            """,
            new { resolution }
        );
        (versions.Stances + 1).ShouldBe(versions.Version, "no write is stored by half");
        versions.Changes.ShouldBe(versions.Version, "no write is stored by half");
    }

    private static async Task Until(Service service, Func<bool> condition, Action repeat, TimeSpan interval)
    {
        using var limit = new CancellationTokenSource(Spell + Longest);
        while (!condition())
        {
            service.HasExited.ShouldBeFalse($"the service ended: {Tail(service.Output)}");
            repeat();
            await Task.Delay(interval, limit.Token);
        }
    }

    private static string Tail(string output) => output.Length > 3_000 ? output[^3_000..] : output;
}
