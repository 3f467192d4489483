using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Security;
using static VoteTracker.Tests.Features.Briefs.BriefRequests;

namespace VoteTracker.Tests.Features.Briefs;

/// <summary>A brief and a digest have nothing that the role of their reader may not see, in any format.</summary>
public sealed class BriefSecrecyTests
{
    [TestCase("private")]
    [TestCase("positions")]
    public async Task No_role_finds_the_words_of_a_higher_role(string visibility)
    {
        using var app = new App(settings: KeyRequests.LogsEverything);
        using var author = await app.Member("Author");
        var (draft, contact) = await Markers.WriteEverywhere(app, visibility);
        app.Clock.Advance(TimeSpan.FromHours(1));
        // What changed within the time of the digest.
        await app.Lobbyist.Stance(draft, "no", Markers.Note + "note", Markers.Note + "reason", contact);
        await app.Lobbyist.CoSponsor(draft, "withdrawn");
        await author.Add(
            "/v1/engagements",
            DeskRequests.Meeting(
                new
                {
                    summary = "Quokkasecretsummary",
                    outcome = "Quokkasecretoutcome",
                    confidential = true,
                    contacts = new[] { contact },
                    tasks = new object[] { new { what = "Quokkasecrettask", dueOn = "2026-11-20" } },
                }
            )
        );
        await app.Lobbyist.Add("/v1/tasks", new { what = Markers.Contact + "task", dueOn = "2026-11-21" });
        await app.Lobbyist.Comment(draft, $"@lobbyist {Markers.Contact}comment");
        var since = app.Clock.GetUtcNow().AddMinutes(-30).Iso();
        string[] paths = [Path(draft), "/v1/digest?since=30d", $"/v1/digest?since={since}&resolution={draft}"];

        using var anonymous = app.Anonymous;
        foreach (var path in paths)
        {
            using var answer = await anonymous.GetAsync(path);
            answer.IsSuccessStatusCode.ShouldBeFalse(path);
            (await answer.Content.ReadAsStringAsync()).ShouldNotContain(Markers.Any);
        }
        var byViewer = await Read(app.Viewer, paths);
        var byLobbyist = await Read(app.Lobbyist, paths);
        var byAuthor = await Read(author, paths);

        byViewer.ShouldContain(Markers.Note + "note");
        byViewer.ShouldContain(Markers.Note + "reason");
        byViewer.ShouldNotContain(Markers.Contact);
        byViewer.ShouldNotContain("Quokkasecret");
        byViewer.ShouldNotContain(contact);
        foreach (var word in (string[])["name", "email", "notes", "summary", "nextStep", "task", "comment"])
        {
            byLobbyist.ShouldContain(Markers.Contact + word);
        }
        byLobbyist.ShouldNotContain("Quokkasecret");
        foreach (var word in (string[])["summary", "outcome", "task"])
        {
            byAuthor.ShouldContain("Quokkasecret" + word);
        }
        Markers.LogShouldHaveNoMarker(app, Path(draft));
    }

    private static async Task<string> Read(HttpClient client, IEnumerable<string> paths)
    {
        var texts = new List<string>();
        foreach (var path in paths)
        {
            texts.Add((await client.GetJson(path)).ToJsonString(VoteTracker.Endpoints.Binding.Json.Options));
            texts.Add(await client.GetMarkdown(path));
        }
        return string.Join('\n', texts);
    }
}
