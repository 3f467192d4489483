using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Security.Audit;
using VoteTracker.Tests.Database;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>Refused keys are counted by address, and each address gets one entry a minute.</summary>
[EveryEngine]
public sealed class RefusedKeysTests
{
    private const string Wrong = "vt_a-wrong-key-of-the-tests-0123456789abcdefgh";

    [Test]
    public async Task Refused_keys_are_counted_by_address_and_minute()
    {
        using var app = new App();
        var before = app.LastEntry();
        for (var i = 0; i < 5; i++)
        {
            (await app.SendFrom("192.0.2.1", "/v1/contacts", Wrong)).ShouldBe(401);
        }
        (await app.SendFrom("192.0.2.2", "/v1/resolutions", "not a key")).ShouldBe(401);
        // Two addresses of one subscriber.
        (await app.SendFrom("2001:db8:1:2::7", "/v1/resolutions", Wrong)).ShouldBe(401);
        (await app.SendFrom("2001:db8:1:2:3::8", "/v1/resolutions", Wrong)).ShouldBe(401);
        // No key is not a refused key.
        (await app.SendFrom("192.0.2.3", "/v1/contacts", null)).ShouldBe(401);
        app.Since(before).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var entries = await app.WaitFor(before, e => e.Action == "refused-key");
        entries
            .Select(e => (e.Action, e.Author, e.Address, e.Count))
            .ShouldBeInAnyOrder([
                ("refused-key", "anonymous", "192.0.2.1", 5L),
                ("refused-key", "anonymous", "192.0.2.2", 1L),
                ("refused-key", "anonymous", "2001:db8:1:2::/64", 2L),
            ]);
        (await app.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public async Task The_counts_are_written_when_the_service_stops()
    {
        var folder = Directory.CreateTempSubdirectory("votetracker-test-").FullName;
        try
        {
            using (var app = new App(folder: folder))
            {
                (await app.SendFrom("192.0.2.1", "/v1/contacts", Wrong)).ShouldBe(401);
            }
            AuditRequests.Entries(folder).Where(e => e.Action == "refused-key").ShouldHaveSingleItem();
        }
        finally
        {
            Databases.Drop(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    [AnyEngine]
    [Test]
    public async Task Counts_that_cannot_be_written_now_are_written_later()
    {
        using var app = new App(settings: new() { ["WriteQueue"] = "1" });
        (await app.SendFrom("192.0.2.1", "/v1/contacts", Wrong)).ShouldBe(401);
        var before = app.LastEntry();
        var refused = app.Services.GetRequiredService<RefusedKeys>();
        using var held = await HeldWriter.Hold(app);
        var waiting = Task.Run(() => app.Services.GetRequiredService<Db>().WriteBookkeeping(_ => Task.FromResult(0)));
        await held.WaitForQueued(1);
        // The queue is full.
        await refused.Save();
        (await app.SendFrom("192.0.2.1", "/v1/contacts", Wrong)).ShouldBe(401);
        await held.Release();
        await waiting;
        app.Since(before).ShouldNotContain(e => e.Action == "refused-key");
        await refused.Save();
        app.Since(before).Where(e => e.Action == "refused-key").ShouldHaveSingleItem().Count.ShouldBe(2);
    }

    [AnyEngine]
    [Test]
    public async Task Further_addresses_than_a_thousand_are_counted_together()
    {
        using var app = new App();
        for (var i = 0; i < RefusedKeys.MaxGroups + 3; i++)
        {
            (await app.SendFrom($"10.0.{i / 250}.{i % 250}", "/v1/resolutions", Wrong)).ShouldBe(401);
        }
        await app.Services.GetRequiredService<RefusedKeys>().Save();
        var entries = AuditRequests.Entries(app.Folder).Where(e => e.Action == "refused-key").ToList();
        entries.Count.ShouldBe(RefusedKeys.MaxGroups + 1);
        entries.Where(e => e.Count == 3).ShouldHaveSingleItem().Address.ShouldBe("other addresses");
    }

    [AnyEngine]
    [TestCase("127.0.0.1", "192.0.2.9", "192.0.2.9", Description = "from a trusted proxy")]
    [TestCase("127.0.0.1", "198.51.100.1, 192.0.2.9", "192.0.2.9", Description = "the client wrote an address before")]
    [TestCase("192.0.2.5", "203.0.113.7", "192.0.2.5", Description = "not from a proxy")]
    [TestCase("::ffff:192.0.2.5", null, "192.0.2.5", Description = "on a socket for both versions")]
    public async Task The_address_is_the_one_that_trusted_proxies_report(
        string peer,
        string? forwarded,
        string expected
    )
    {
        using var app = new App(settings: new() { ["TrustedProxies"] = "127.0.0.1" });
        var before = app.LastEntry();
        (await app.SendFrom(peer, "/v1/contacts", App.AdminKey, forwarded)).ShouldBe(200);
        app.Since(before).ShouldHaveSingleItem().Address.ShouldBe(expected);
        (await app.SendFrom(peer, "/v1/contacts", Wrong, forwarded)).ShouldBe(401);
        await app.Services.GetRequiredService<RefusedKeys>().Save();
        app.Since(before)[^1].Address.ShouldBe(expected);
    }
}
