namespace VoteTracker.Tests.Features.Exports;

/// <summary>A draft with data, and the files of its package.</summary>
internal static class Packages
{
    public static async Task<string> Draft(App app, string visibility = "private")
    {
        var id = await app.OpenDraft(new { visibility });
        using var stance = await app.Lobbyist.Put(
            $"/v1/resolutions/{id}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = "a note for colleagues",
            }
        );
        stance.EnsureSuccessStatusCode();
        await Put(app.Lobbyist, $"/v1/resolutions/{id}/co-sponsors/SWE", new { status = "signed", role = "main" });
        return id;
    }

    public static async Task Put(HttpClient client, string path, object body)
    {
        using var answer = await client.Put(path, body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}
