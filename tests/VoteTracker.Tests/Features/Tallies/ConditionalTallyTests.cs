using System.Net;

namespace VoteTracker.Tests.Features.Tallies;

/// <summary>The caching headers of a tally and its breakdown.</summary>
[EveryEngine]
public sealed class ConditionalTallyTests
{
    private const string Public = "public, max-age=1, stale-while-revalidate=1, no-transform";
    private const string Private = "private, no-store, no-transform";
    private const string Vary = "Accept, Authorization, Cookie";

    [TestCase("tally")]
    [TestCase("tally?counting=all")]
    [TestCase("breakdown")]
    [TestCase("breakdown?by=nam")]
    [TestCase("breakdown.csv")]
    public async Task Caches_store_a_public_tally_for_a_second_and_never_a_private_one(string what)
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "private" });
        var path = $"/v1/resolutions/{id}/{what}";
        using var hidden = await app.Viewer.GetAsync(path);
        (Header(hidden, "Cache-Control"), Header(hidden, "Vary")).ShouldBe((Private, Vary));
        using var published = await app.Coordinator.Send(
            HttpMethod.Patch,
            $"/v1/resolutions/{id}",
            new { visibility = "tally" }
        );
        published.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var shown = await app.Anonymous.GetAsync(path);
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
        (Header(shown, "Cache-Control"), Header(shown, "Vary")).ShouldBe((Public, Vary));
        shown.Headers.ETag!.IsWeak.ShouldBeFalse();
        using var known = await app.Anonymous.Send(
            HttpMethod.Get,
            path,
            ifMatch: null,
            ifNoneMatch: Header(shown, "ETag")
        );
        known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (Header(known, "Cache-Control"), Header(known, "Vary")).ShouldBe(
            (Public, Vary),
            "a cache updates its entry with these headers"
        );
    }

    [Test]
    public async Task Caches_never_store_what_only_viewers_see_of_a_public_tally()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        foreach (var query in (string[])["counting=confirmed", $"asOf={app.Clock.GetUtcNow().Iso()}"])
        {
            using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{id}/tally?{query}");
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            Header(answer, "Cache-Control").ShouldBe(Private, query);
        }
    }

    [TestCase("tally")]
    [TestCase("breakdown")]
    [TestCase("breakdown.csv")]
    [TestCase("tally/stream")]
    public async Task HEAD_is_GET_without_the_body(string what)
    {
        using var app = new App();
        var path = $"/v1/resolutions/es-10-27/{what}";
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var got = await app.Anonymous.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var head = await app.Anonymous.Send(HttpMethod.Head, path, ifMatch: null);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
        foreach (var name in (string[])["Cache-Control", "Vary", "ETag", "Content-Type", "Content-Length"])
        {
            Header(head, name).ShouldBe(Header(got, name), name);
        }
        if (head.Headers.ETag is not null)
        {
            using var known = await app.Anonymous.Send(
                HttpMethod.Head,
                path,
                ifMatch: null,
                ifNoneMatch: Header(head, "ETag")
            );
            known.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values)
        || answer.Content.Headers.NonValidated.TryGetValues(name, out values)
            ? values.ToString()
            : "";
}
