using System.Net.Http.Json;
using static VoteTracker.Tests.Endpoints.Input.WrongRequests;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A malformed, missing or taken id gets a clear 4xx and changes nothing.</summary>
public sealed class WrongIdsTests
{
    [Test]
    public async Task A_stance_of_a_state_without_a_vote_is_a_404()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        await Each.Run(
            (string[])["XXX", "NO", "SUN", "YUG", "VAT", "PSE", "NOR%20", "%E2%80%AENOR", "NOR'--"],
            async iso3 =>
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        var path = $"/v1/resolutions/{draft}/stances/{iso3}";
                        using var put = await Put(app.Lobbyist, path, Stance);
                        await put.ShouldBeProblem(404);
                        using var delete = await app.Lobbyist.Send(HttpMethod.Delete, path);
                        await delete.ShouldBeProblem(404);
                        using var get = await app.Anonymous.GetAsync(path);
                        await get.ShouldBeProblem(404);
                        using var history = await app.Viewer.GetAsync(path + "/history");
                        await history.ShouldBeProblem(404);
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_malformed_id_is_a_404_everywhere()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    "es-10%2F27",
                    "es-10.27",
                    "..%2F..%2Fetc%2Fpasswd",
                    "%2e%2e%2e",
                    "ES-10-27",
                    "es-10-27%20",
                    "%F0%9F%87%B3%F0%9F%87%B4",
                    "%FF%FE",
                    "ｅｓ-10-27",
                    "' OR '1'='1",
                    "x'; DELETE FROM resolution; --",
                    "%25",
                    "%3Cscript%3E",
                ],
            async id =>
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        foreach (
                            var path in (string[])
                                [
                                    $"/v1/resolutions/{id}",
                                    $"/v1/resolutions/{id}/tally",
                                    $"/v1/resolutions/{id}/tally/stream",
                                    $"/v1/resolutions/{id}/stances/NOR",
                                    $"/v1/resolutions/{id}/roll-call",
                                    $"/v1/sessions/{id}",
                                    $"/v1/contacts/{id}",
                                    $"/v1/contacts/{id}/engagements",
                                    $"/v1/member-states/{id}",
                                ]
                        )
                        {
                            using var answer = await app.Lobbyist.GetAsync(path);
                            await answer.ShouldBeProblem(404);
                        }
                        using var put = await Put(app.Lobbyist, $"/v1/resolutions/{id}/stances/NOR", Stance);
                        await put.ShouldBeProblem(404);
                        using var delete = await app.Admin.DeleteAsync($"/v1/api-keys/{id}");
                        await delete.ShouldBeProblem(404);
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_chosen_id_that_is_malformed_is_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    "es/10",
                    "es.10",
                    "-es-10",
                    "es-10-",
                    "ES-10",
                    "é",
                    "x\0",
                    "",
                    " ",
                    "'; DROP TABLE resolution; --",
                    "a2345678901234567890123456789012345678901234567890123456789012345",
                ],
            async id =>
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        using var answer = await app.Coordinator.PostAsJsonAsync(
                            "/v1/resolutions",
                            new
                            {
                                id,
                                symbol = "A/ES-10/L.99",
                                title = "A draft",
                                session = "es-10",
                                kind = "draft",
                            }
                        );
                        await answer.ShouldBeProblem(400, "id");
                    }
                );
            }
        );
    }

    [Test]
    public async Task A_taken_id_is_a_409_even_if_it_comes_from_the_symbol()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Unchanged(
            app,
            draft,
            async () =>
            {
                foreach (
                    var (id, symbol) in ((string?, string)[])
                        [
                            (draft, "A/ES-10/L.98"),
                            (null, "A/ES-10/L.34"),
                            (null, "A/es-10/l 34"),
                            (null, "A/RES/ES-10/27"),
                        ]
                )
                {
                    using var answer = await app.Coordinator.PostAsJsonAsync(
                        "/v1/resolutions",
                        new
                        {
                            id,
                            symbol,
                            title = "Another",
                            session = "es-10",
                            kind = "draft",
                        }
                    );
                    await answer.ShouldBeProblem(409);
                }
            }
        );
    }
}
