using System.Net;

namespace VoteTracker.Tests.Features.Sharing;

/// <summary>Requests with secrets that are wrong.</summary>
[EveryEngine]
public sealed class GuessedLinksTests
{
    [Test]
    public async Task A_secret_that_is_cut_changed_or_guessed_is_a_404()
    {
        using var app = new App();
        var link = await app.Share(await app.OpenDraft(), "positions");
        using var client = app.Anonymous;
        string[] wrong =
        [
            link.Secret[..^1],
            link.Secret[..16],
            link.Secret + "a",
            link.Secret.ToUpperInvariant(),
            (link.Secret[0] == 'a' ? "b" : "a") + link.Secret[1..],
            new('a', 32),
            link.Id,
            "-",
            "_",
            "a%20b",
            new('x', 4_000),
            "%2e%2e%2fv1",
        ];
        foreach (var secret in wrong)
        {
            foreach (var data in SharedLinks.Data.Append(""))
            {
                using var answer = await client.GetAsync($"/shared/{secret}{data}");
                ((int)answer.StatusCode).ShouldBe(404, $"/shared/{secret}{data}");
            }
        }
        using var none = await client.GetAsync("/shared");
        await none.ShouldBeProblem(404);
        using var empty = await client.GetAsync("/shared//tally");
        await empty.ShouldBeProblem(404);
        // A browser gets the page.
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/shared/{link.Secret[..^1]}");
        request.Headers.Add("Accept", "text/html");
        using var page = await client.SendAsync(request);
        page.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("Page not found");
        html.ShouldContain("This link is wrong, has expired or was revoked.");
        html.ShouldNotContain("sign in");
    }

    [Test]
    public async Task A_guess_costs_no_lookup_if_it_cannot_be_a_secret_or_its_address_is_throttled()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "1" };
        using var app = new App(settings: settings);
        using var other = new App();
        using var client = app.Anonymous;
        using var otherClient = other.Anonymous;
        // The second uses up the limit, and the third reads all valid links once.
        for (var i = 0; i < 3; i++)
        {
            using var guess = await client.GetAsync($"/shared/{ShareGuess(i)}/tally");
            ((int)guess.StatusCode).ShouldBe(i == 0 ? 404 : 429);
        }
        foreach (var folder in (string[])[app.Folder, other.Folder])
        {
            Databases.Execute(folder, "ALTER TABLE share_link RENAME TO no_share_link");
        }
        // The limit is refilled ten times in a second: with a part of a request, which does not count.
        await Task.Delay(300);
        for (var i = 3; i < 9; i++)
        {
            using var guess = await client.GetAsync($"/shared/{ShareGuess(i)}/tally");
            ((int)guess.StatusCode).ShouldBe(429);
        }
        foreach (var wrong in (string[])["x", new('a', 31), new('a', 33), new('A', 32), new('1', 32)])
        {
            using var guess = await otherClient.GetAsync($"/shared/{wrong}/tally");
            ((int)guess.StatusCode).ShouldBe(404, wrong);
        }
        using var lookup = await otherClient.GetAsync($"/shared/{ShareGuess(1)}/tally");
        ((int)lookup.StatusCode).ShouldBeGreaterThanOrEqualTo(500);
    }

    [Test]
    public async Task Guesses_are_throttled_and_lock_out_no_valid_link()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "20" };
        using var app = new App(settings: settings);
        var link = await app.Share(await app.OpenDraft());
        using var client = app.Anonymous;
        var statuses = new List<int>();
        for (var i = 0; i < 60; i++)
        {
            var data = i % 2 == 0 ? "/tally" : "";
            using var guess = await client.GetAsync($"/shared/{ShareGuess(i)}{data}");
            statuses.Add((int)guess.StatusCode);
            if (guess.StatusCode == HttpStatusCode.TooManyRequests)
            {
                guess.Headers.RetryAfter.ShouldNotBeNull();
            }
        }
        statuses.Take(20).ShouldAllBe(status => status == 404);
        statuses.Count(status => status == 429).ShouldBeGreaterThan(30);
        for (var i = 0; i < 60; i++)
        {
            using var valid = await client.GetAsync(link.Path + "/tally");
            valid.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    }

    // Letters that a secret can have.
    private static string ShareGuess(int i) => $"{(char)('a' + i / 10)}{(char)('a' + i % 10)}".PadLeft(32, 'q');
}
