using VoteTracker.Security;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Sharing;
using static VoteTracker.Tests.Features.Calendars.CalendarRequests;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>The secret in the address of a calendar.</summary>
[EveryEngine]
public sealed class CalendarSecrecyTests
{
    [Test]
    public async Task The_secret_is_in_no_log_no_database_and_no_other_response()
    {
        using var app = new App(settings: SharedSecrecyTests.LogsEverything);
        app.Listen();
        using var zoe = await app.Member("Zoe");
        var calendar = await zoe.OwnCalendar();
        using var client = app.Anonymous;
        var origin = client.BaseAddress!.GetLeftPart(UriPartial.Authority);
        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head, HttpMethod.Delete, HttpMethod.Options])
        {
            foreach (
                var path in (string[])
                    [
                        calendar.Path,
                        $"{calendar.Path}?lang=fr",
                        $"{calendar.Path}?x=1",
                        $"{calendar.Path}/",
                        $"{List}/{calendar.Secret}",
                        $"{List}/{calendar.Secret}.ICS",
                        $"{List}/{calendar.Secret}.xml",
                        $"{List}/x/{calendar.Secret}.ics",
                        $"/V1/Calendars/{calendar.Secret}.ics",
                        $"//v1/calendars/{calendar.Secret}.ics",
                        $"/v1//calendars/{calendar.Secret}.ics",
                        $"/v1/calendars//{calendar.Secret}.ics",
                        $"/v1/calendars%2F{calendar.Secret}.ics",
                        $"/v1%2fcalendars/{calendar.Secret}.ics",
                        $"/v1/calendars/x%2F{calendar.Secret}.ics",
                    ]
            )
            {
                using var request = new HttpRequestMessage(method, origin + path);
                using var answer = await client.SendAsync(request);
                ((int)answer.StatusCode).ShouldBeLessThan(500, path);
                answer.ToString().ShouldNotContain(calendar.Secret, customMessage: path);
                (await answer.Content.ReadAsStringAsync()).ShouldNotContain(calendar.Secret, customMessage: path);
                answer.Headers.CacheControl!.NoStore.ShouldBeTrue(path);
                answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"], path);
            }
        }
        app.Log.ShouldContain(line => line.Contains("/v1/calendars/-.ics", StringComparison.Ordinal));
        var stored = string.Join('\n', Databases.Dump(app.Folder));
        stored.ShouldContain(ApiKey.Hash(calendar.Secret));
        foreach (var part in (string[])[calendar.Secret, calendar.Secret[..16], calendar.Secret[16..]])
        {
            app.Log.ShouldNotContain(line => line.Contains(part, StringComparison.OrdinalIgnoreCase));
            stored.ShouldNotContain(part);
        }
    }

    [Test]
    public async Task Guessed_secrets_are_slowed_down()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["AnonymousRequestsPerMinute"] = "1" };
        using var app = new App(settings: settings);
        using var client = app.Anonymous;
        var statuses = new List<int>();
        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.GetAsync($"{List}/{new string('a', 32)}.ics");
            statuses.Add((int)answer.StatusCode);
        }
        statuses.ShouldBe([404, 429]);
    }
}
