using VoteTracker.Tests.Endpoints;
using static VoteTracker.Tests.Features.CoSponsors.CoSponsorRequests;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>A write of a co-sponsor with an old version, a wrong day or a wrong state is rejected.</summary>
[EveryEngine]
public sealed class RejectedCoSponsorsTests
{
    [Test]
    public async Task Of_two_simultaneous_writers_the_one_with_the_old_version_gets_412()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var body = new { status = "signed", role = "main" };
        using var early = await app.Lobbyist.Put(Path(draft, "NOR"), body, ifMatch: "\"1\"");
        (await early.ShouldBeProblem(412))["current"].ShouldBeNull();
        var version = (await Sign(app, draft, "NOR"))["version"]!.GetValue<long>();
        using var again = await app.Lobbyist.Send(
            HttpMethod.Put,
            Path(draft, "NOR"),
            body,
            ifMatch: null,
            ifNoneMatch: "*"
        );
        var conflict = await again.ShouldBeProblem(412);
        conflict["type"]!.GetValue<string>().ShouldBe("/problems/version-conflict");
        conflict["current"]!["version"]!.GetValue<long>().ShouldBe(version);
        using var old = await app.Lobbyist.Put(Path(draft, "NOR"), body, ifMatch: $"\"{version - 1}\"");
        await old.ShouldBeProblem(412);
        using var weak = await app.Lobbyist.Put(Path(draft, "NOR"), body, ifMatch: $"W/\"{version}\"");
        await weak.ShouldBeProblem(412);
        using var blind = await app.Lobbyist.Put(Path(draft, "NOR"), body, ifMatch: null!);
        await blind.ShouldBeProblem(428);
        using var blindDelete = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, "NOR"), ifMatch: null);
        await blindDelete.ShouldBeProblem(428);
        using var right = await app.Lobbyist.Put(Path(draft, "NOR"), body, ifMatch: $"\"{version}\"");
        ((int)right.StatusCode).ShouldBe(200);
        (await right.Json())["version"]!.GetValue<long>().ShouldBe(version + 1);
    }

    [Test]
    public async Task The_day_of_withdrawal_needs_the_status_withdrawn_and_is_not_before_since()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var before = await State(app, draft);
        await Refused(
            new
            {
                status = "signed",
                role = "main",
                withdrawnOn = "2026-11-20",
            },
            "withdrawnOn"
        );
        await Refused(
            new
            {
                status = "withdrawn",
                role = "main",
                since = "2026-11-20",
                withdrawnOn = "2026-11-19",
            },
            "withdrawnOn"
        );
        await Refused(new { }, "status", "role");
        await Refused(
            new
            {
                status = 3,
                role = "Main",
                since = "yesterday",
                note = "",
            },
            "status",
            "role",
            "since",
            "note"
        );
        (await State(app, draft)).ShouldBe(before);
        using var same = await app.Lobbyist.Put(
            Path(draft, "NOR"),
            new
            {
                status = "withdrawn",
                role = "main",
                since = "2026-11-20",
                withdrawnOn = "2026-11-20",
            }
        );
        ((int)same.StatusCode).ShouldBe(201);

        async Task Refused(object body, params string[] fields)
        {
            using var answer = await app.Lobbyist.Put(Path(draft, "NOR"), body);
            var problem = await answer.ShouldBeProblem(400, fields);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
        }
    }

    [Test]
    public async Task A_code_of_no_current_state_is_a_404()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])["XXX", "SUN", "YUG", "NO"],
            async iso3 =>
            {
                var before = await State(app, draft);
                using var get = await app.Viewer.GetAsync(Path(draft, iso3));
                await get.ShouldBeProblem(404);
                using var put = await app.Lobbyist.Put(Path(draft, iso3), new { status = "signed", role = "main" });
                await put.ShouldBeProblem(404);
                using var delete = await app.Lobbyist.Send(HttpMethod.Delete, Path(draft, iso3));
                await delete.ShouldBeProblem(404);
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    private static async Task<string> State(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000"))["items"]!.AsArray().Count;
}
