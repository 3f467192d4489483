using System.Globalization;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Web;

/// <summary>Streams of tallies that a session opened.</summary>
[EveryEngine]
public sealed class SessionStreamsTests
{
    [TestCase("stream", true)]
    [TestCase("stream", false)]
    [TestCase("resolutions/{0}/tally/stream", true)]
    [TestCase("resolutions/{0}/tally/stream", false)]
    public async Task A_stream_ends_with_its_session(string path, bool isSignOut)
    {
        using var app = new App(settings: new() { ["SessionHours"] = "1" });
        var id = await app.OpenDraft(new { visibility = "private" });
        using var browser = new CookieBrowser(app);
        using var other = new CookieBrowser(app);
        await browser.SignIn(App.AdminKey);
        using var stream = await browser.Get(
            $"/v1/{string.Format(CultureInfo.InvariantCulture, path, id)}",
            "same-origin"
        );
        ((int)stream.StatusCode).ShouldBe(200);
        if (isSignOut)
        {
            await browser.SignOut();
        }
        else
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
        }
        await other.SignIn(App.AdminKey);
        using var open = await other.Get($"/v1/resolutions/{id}/tally/stream", "same-origin");
        using var reader = new StreamReader(await open.Content.ReadAsStreamAsync());
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var events = await stream.Content.ReadAsStringAsync(limit.Token);
        events.ShouldContain("event: tally");
        events.ShouldNotContain("\"yes\":1");
        string? line;
        do
        {
            line = await reader.ReadLineAsync(limit.Token);
        } while (line?.Contains("\"yes\":1", StringComparison.Ordinal) == false);
        line.ShouldNotBeNull("another session of the same key still reads");
    }
}
