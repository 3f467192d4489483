using System.Net.Http.Json;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A wrong cursor or limit of a list gets a 400 that names it.</summary>
public sealed class WrongPagesTests
{
    [Test]
    public async Task A_cursor_that_was_altered_or_belongs_to_another_list_is_rejected()
    {
        using var app = new App();
        await Each.Run(
            ((string, string)[])
                [
                    ("/v1/resolutions", "cursor"),
                    ("/v1/sessions", "cursor"),
                    ("/v1/member-states", "cursor"),
                    ("/v1/contacts", "cursor"),
                    ("/v1/api-keys", "cursor"),
                    ("/v1/changes", "after"),
                ],
            async wrong =>
            {
                var (list, name) = wrong;
                for (var i = 0; i < 2; i++)
                {
                    (
                        await app.Lobbyist.PostAsJsonAsync(
                            "/v1/contacts",
                            new
                            {
                                memberState = "NOR",
                                name = "Desk",
                                office = "mission",
                            }
                        )
                    ).EnsureSuccessStatusCode();
                }
                using var _ = app.Viewer;
                using var first = await app.Admin.GetAsync($"{list}?limit=1");
                var next = first.Headers.GetValues("Link").Single().Split('<', '>')[1];
                var cursor = next.Split($"{name}=")[1].Split('&')[0];
                using var good = await app.Admin.GetAsync(next);
                ((int)good.StatusCode).ShouldBe(200);
                var other = list == "/v1/sessions" ? "/v1/resolutions" : "/v1/sessions";
                using var otherList = await app.Admin.GetAsync($"{other}?limit=1");
                var foreign = otherList
                    .Headers.GetValues("Link")
                    .Single()
                    .Split('<', '>')[1]
                    .Split("cursor=")[1]
                    .Split('&')[0];
                foreach (
                    var bad in (string[])
                        [
                            (cursor[0] == 'A' ? "B" : "A") + cursor[1..],
                            cursor[..^2] + (cursor[^2] == 'A' ? "B" : "A") + cursor[^1],
                            cursor + "AAAA",
                            cursor[..^4],
                            cursor[..8],
                            foreign,
                            "1",
                            "",
                            "%00",
                            "'; DROP TABLE contact; --",
                            new string('A', 5_000),
                            $"{cursor}&{name}={cursor}",
                        ]
                )
                {
                    using var answer = await app.Admin.GetAsync($"{list}?{name}={bad}");
                    await answer.ShouldBeProblem(400, name);
                }
            }
        );
    }

    [Test]
    public async Task A_limit_is_a_number_from_1_to_1000()
    {
        using var app = new App();
        await Each.Run(
            (string[])["0", "-1", "1001", "99999999999999999999", "1e2", "x", "", "1&limit=2"],
            async limit =>
            {
                foreach (
                    var list in (string[])["/v1/resolutions", "/v1/changes", "/v1/resolutions/es-10-27/co-sponsors"]
                )
                {
                    using var answer = await app.Viewer.GetAsync($"{list}?limit={limit}");
                    await answer.ShouldBeProblem(400, "limit");
                }
            }
        );
    }
}
