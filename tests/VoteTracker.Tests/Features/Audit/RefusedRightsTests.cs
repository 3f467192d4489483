using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Security.Audit;
using VoteTracker.Tests.Security;

namespace VoteTracker.Tests.Features.Audit;

/// <summary>Refused rights are counted by key, operation and address, and each group gets one entry a minute.</summary>
[EveryEngine]
public sealed class RefusedRightsTests
{
    [Test]
    public async Task Refused_rights_are_counted_by_key_operation_address_and_minute()
    {
        using var app = new App();
        var (key, id) = await Viewer(app, "first");
        var (other, otherId) = await Viewer(app, "second");
        var before = app.LastEntry();
        for (var i = 0; i < 5; i++)
        {
            (await app.SendFrom("192.0.2.1", $"/v1/contacts/aaaaaaaaaaa{i}", key)).ShouldBe(403);
        }
        (await app.SendFrom("192.0.2.1", "/v1/contacts/aaaaaaaaaaaa", other)).ShouldBe(403);
        (await app.SendFrom("192.0.2.1", "/v1/contacts", key)).ShouldBe(403);
        // Two addresses of one subscriber.
        (await app.SendFrom("2001:db8:1:2::7", "/v1/contacts", key)).ShouldBe(403);
        (await app.SendFrom("2001:db8:1:2:3::8", "/v1/contacts", key)).ShouldBe(403);
        // Without a key, no right is refused.
        (await app.SendFrom("192.0.2.1", "/v1/contacts", null)).ShouldBe(401);
        app.Since(before).ShouldBeEmpty();
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.WaitFor(before, e => e.Action == "refused-right"))
            .Select(e => (e.Action, e.Operation, e.Author, e.Address, e.Target, e.Count))
            .ShouldBeInAnyOrder([
                ("refused-right", "GET /v1/contacts/{id}", id, "192.0.2.1", null, 5L),
                ("refused-right", "GET /v1/contacts/{id}", otherId, "192.0.2.1", "id=aaaaaaaaaaaa", 1L),
                ("refused-right", "GET /v1/contacts", id, "192.0.2.1", null, 1L),
                ("refused-right", "GET /v1/contacts", id, "2001:db8:1:2::/64", null, 2L),
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
                using var answer = await app.Viewer.GetAsync("/v1/contacts");
                await answer.ShouldBeProblem(403);
            }
            AuditRequests.Entries(folder).Where(e => e.Action == "refused-right").ShouldHaveSingleItem();
        }
        finally
        {
            Databases.Drop(folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    [AnyEngine]
    [Test]
    public async Task Further_groups_than_a_thousand_are_counted_together_for_each_key()
    {
        using var app = new App();
        var (key, id) = await Viewer(app, "viewer 2");
        for (var i = 0; i < RefusedRights.MaxGroups + 3; i++)
        {
            (await app.SendFrom($"10.0.{i / 250}.{i % 250}", "/v1/contacts", key)).ShouldBe(403);
        }
        await app.Services.GetRequiredService<RefusedRights>().Save();
        var entries = AuditRequests.Entries(app.Folder).Where(e => e.Action == "refused-right").ToList();
        entries.Count.ShouldBe(RefusedRights.MaxGroups + 1);
        entries.ShouldAllBe(e => e.Author == id);
        var others = entries.Where(e => e.Count == 3).ShouldHaveSingleItem();
        (others.Operation, others.Address).ShouldBe(("other operations", "other addresses"));
    }

    private static async Task<(string Key, string Id)> Viewer(App app, string label)
    {
        var key = await KeyRequests.NewKey(app, new { label, role = "viewer" });
        return (key, AuditRequests.Entries(app.Folder)[^1].Target!["key=".Length..]);
    }
}
