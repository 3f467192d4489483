namespace VoteTracker.Tests.Web.Pictures;

/// <summary>A draft with random stances of about half of the members, and a member that may not vote.</summary>
internal static class PictureDraft
{
    private static readonly string[] Positions = ["yes", "no", "abstain", "absent", "undecided"];

    public static async Task<string> Open(App app, int seed, string visibility = "positions")
    {
        var random = new Random(seed);
        var id = await app.OpenDraft(new { visibility });
        using var lobbyist = app.Lobbyist;
        var members = (await lobbyist.GetJson("/v1/member-states?limit=1000"))["items"]!.AsArray();
        foreach (var member in members.Where(_ => random.Next(2) == 0))
        {
            var code = member!["iso3"]!.GetValue<string>();
            using var answer = await lobbyist.Put(
                $"/v1/resolutions/{id}/stances/{code}",
                new
                {
                    position = Positions[random.Next(5)],
                    certainty = ((string[])["confirmed", "likely", "leaning"])[random.Next(3)],
                    evidence = "meeting",
                }
            );
            answer.EnsureSuccessStatusCode();
        }
        using var coordinator = app.Coordinator;
        using var entered = await coordinator.Put(
            "/v1/member-states/TUV/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        entered.EnsureSuccessStatusCode();
        return id;
    }
}
