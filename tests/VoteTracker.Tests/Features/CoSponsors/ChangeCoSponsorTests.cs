using System.Net;

namespace VoteTracker.Tests.Features.CoSponsors;

[EveryEngine]
public sealed class ChangeCoSponsorTests
{
    [Test]
    public async Task A_patch_sets_named_fields_null_clears_and_other_fields_keep_their_values()
    {
        using var app = new App();
        var path = await Recorded(app);
        using var answer = await app.Lobbyist.Patch(
            path,
            """{"status":"withdrawn","withdrawnOn":"2026-11-21"}""",
            "\"2\""
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        answer.ETag().ShouldBe("\"3\"");
        var withdrawn = await answer.Json();
        (withdrawn.Text("status"), withdrawn.Text("role"), withdrawn.Text("since")).ShouldBe(
            ("withdrawn", "main", "2026-11-20")
        );
        (withdrawn.Text("withdrawnOn"), withdrawn.Text("note")).ShouldBe(("2026-11-21", "By note"));
        (await app.Viewer.GetJson(path)).ToJsonString().ShouldBe(withdrawn.ToJsonString());

        using var back = await app.Lobbyist.Patch(
            path,
            """{"status":"signed","withdrawnOn":null,"note":null}""",
            "\"3\""
        );
        var signed = await back.Json();
        (signed.Text("status"), signed.Text("withdrawnOn"), signed.Text("note")).ShouldBe(("signed", null, null));
        var changes = await app.Viewer.GetItems("/v1/changes?limit=1000");
        changes.Count(c => c.Text("kind") == "co-sponsor").ShouldBe(3);
    }

    [Test]
    public async Task The_result_of_a_patch_is_validated_as_a_whole()
    {
        using var app = new App();
        var path = await Recorded(app);
        foreach (
            var (patch, field) in ((string, string)[])
                [
                    ("""{"withdrawnOn":"2026-11-21"}""", "withdrawnOn"),
                    ("""{"status":"withdrawn","withdrawnOn":"2026-11-19"}""", "withdrawnOn"),
                    ("""{"status":null}""", "status"),
                    ("""{"role":"third"}""", "role"),
                    ("""{"note":""}""", "note"),
                    ("""{"memberState":"KEN"}""", "memberState"),
                    ("""{}""", "body"),
                ]
        )
        {
            using var answer = await app.Lobbyist.Patch(path, patch, "\"2\"");
            await answer.ShouldBeProblem(400, field);
        }
        (await app.Viewer.GetJson(path)).Int("version").ShouldBe(2);
    }

    [Test]
    public async Task A_patch_needs_an_entry_its_version_and_the_role()
    {
        using var app = new App();
        var path = await Recorded(app);
        const string patch = """{"note":"x"}""";
        using var none = await app.Lobbyist.Patch(path, patch, ifMatch: null);
        await none.ShouldBeProblem(428);
        using var old = await app.Lobbyist.Patch(path, patch, "\"1\"");
        (await old.ShouldBeProblem(412))["current"]!.Int("version").ShouldBe(2);
        using var viewer = await app.Viewer.Patch(path, patch);
        await viewer.ShouldBeProblem(403);
        foreach (
            var (from, to) in (IEnumerable<(string, string)>)
                [("/NOR", "/SWE"), ("/NOR", "/XXX"), ("es-10-l-34", "nothing")]
        )
        {
            using var missing = await app.Lobbyist.Patch(path.Replace(from, to, StringComparison.Ordinal), patch);
            await missing.ShouldBeProblem(404);
        }
    }

    // Signed, at version 2.
    private static async Task<string> Recorded(App app)
    {
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/co-sponsors/NOR";
        using var recorded = await app.Lobbyist.Send(
            HttpMethod.Put,
            path,
            new
            {
                status = "signed",
                role = "main",
                since = "2026-11-20",
                note = "By note",
            },
            ifMatch: null,
            ifNoneMatch: "*"
        );
        recorded.ETag().ShouldBe("\"2\"", await recorded.Content.ReadAsStringAsync());
        return path;
    }
}
