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
        using var limit = new CancellationTokenSource(Hang.Limit);
        using var events = new StreamReader(await stream.Content.ReadAsStreamAsync(limit.Token));
        (await ReadUntil(events, "event: tally", limit.Token)).ShouldNotBeNull();
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
        using var othersEvents = new StreamReader(await open.Content.ReadAsStreamAsync(limit.Token));
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        (await ReadUntil(events, "\"yes\":1", limit.Token)).ShouldBeNull();
        (await ReadUntil(othersEvents, "\"yes\":1", limit.Token)).ShouldNotBeNull(
            "another session of the same key still reads"
        );
    }

    // The first line that has a text; null at the end of the stream.
    private static async Task<string?> ReadUntil(StreamReader events, string text, CancellationToken stop)
    {
        while (await events.ReadLineAsync(stop) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }
        return null;
    }
}
