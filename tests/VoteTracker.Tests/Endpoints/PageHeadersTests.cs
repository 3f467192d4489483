namespace VoteTracker.Tests.Endpoints;

public sealed class PageHeadersTests
{
    [TestCase("/")]
    [TestCase("/tally.js")]
    [TestCase("/docs/index.html")]
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

    [Test]
    public async Task A_tally_has_no_bytes_for_pages()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync("/v1/resolutions/es-10-27/tally");
        answer.Headers.Contains("Content-Security-Policy").ShouldBeFalse();
    }
}
