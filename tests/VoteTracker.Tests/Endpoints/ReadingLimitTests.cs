using System.Net;

namespace VoteTracker.Tests.Endpoints;

public sealed class ReadingLimitTests
{
    private const string Tally = "/v1/resolutions/es-10-27/tally";

    [TestCase("/v1/resolutions?limit=1")]
    [TestCase(Tally + "?asOf=2026-01-01T00:00:00Z")]
    public async Task Only_reads_of_the_database_without_a_key_are_limited(string path)
    {
        using var app = new App(settings: new() { ["AnonymousRequestsPerMinute"] = "20" });
        using var client = app.Anonymous;
        HttpStatusCode status;
        var asked = 0;
        do
        {
            using var answer = await client.GetAsync(path);
            status = answer.StatusCode;
            if (status == HttpStatusCode.TooManyRequests)
            {
                answer.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(
                    TimeSpan.FromSeconds(1),
                    TimeSpan.FromSeconds(60)
                );
            }
        } while (status == HttpStatusCode.OK && ++asked < 1_000);
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        asked.ShouldBeGreaterThanOrEqualTo(20);
        await client.GetJson(Tally);
        await app.Viewer.GetJson(path);
    }

    [Test]
    public async Task Many_readers_behind_one_address_follow_the_page_of_a_resolution()
    {
        const string page = "/resolutions/es-10-27";
        using var app = new App(settings: new() { ["AnonymousRequestsPerMinute"] = "20" });
        using var client = app.Anonymous;
        for (var i = 0; i < 100; i++)
        {
            using var answer = await client.GetAsync(page);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        // A comparison is computed each time.
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 60; i++)
        {
            using var answer = await client.GetAsync($"{page}?compare=es-10-26");
            statuses.Add(answer.StatusCode);
        }
        statuses[0].ShouldBe(HttpStatusCode.OK);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
    }

    [Test]
    public async Task Wrong_keys_have_the_same_limit_as_reads_without_a_key()
    {
        using var app = new App(settings: new() { ["AnonymousRequestsPerMinute"] = "20" });
        using var client = app.WithKey("vt_nobody-has-this-key-nobody-has-this-key-0000");
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 100; i++)
        {
            using var answer = await client.GetAsync(Tally);
            statuses.Add(answer.StatusCode);
        }
        statuses[0].ShouldBe(HttpStatusCode.Unauthorized);
        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        await app.Viewer.GetJson(Tally);
    }
}
