namespace VoteTracker.Tests.Endpoints;

public sealed class PageHeadersTests
{
    [TestCase("/assets/live.js")]
    [TestCase("/swagger/index.html")]
    [TestCase("/openapi/v1.json")]
    [TestCase("/no-such-page")]
    public async Task A_page_cannot_be_framed_and_its_type_is_not_guessed(string path)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(path);
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe(["frame-ancestors 'none'"]);
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
    }

    [TestCase("/")]
    [TestCase("/resolutions/es-10-27")]
    [TestCase("/resolutions/no-such-resolution")]
    [TestCase("/no-such-page")]
    public async Task A_page_uses_only_its_own_scripts_and_styles(string path)
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var answer = await app.Anonymous.SendAsync(request);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("unsafe");
        var html = await answer.Content.ReadAsStringAsync();
        html.ShouldNotContain("style=");
        html.ShouldNotContain("<style");
        html.ShouldNotContain(" onclick");
    }

    [Test]
    public async Task A_tally_has_no_bytes_for_pages()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync("/v1/resolutions/es-10-27/tally");
        answer.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
    }
}
