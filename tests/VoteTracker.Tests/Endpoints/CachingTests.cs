namespace VoteTracker.Tests.Endpoints;

public sealed class CachingTests
{
    [TestCase("/v1/resolutions", 200)]
    [TestCase("/v1/changes", 200)]
    [TestCase("/v1/resolutions/hidden", 404)]
    [TestCase("/v1/resolutions/hidden/tally", 404)]
    [TestCase("/v1/resolutions/hidden/roll-call", 404)]
    [TestCase("/v1/contacts", 401)]
    [TestCase("/v1/resolutions?limit=0", 400)]
    [TestCase("/v1/nowhere", 404)]
    public async Task No_shared_cache_stores_a_response_that_depends_on_the_key(string path, int status)
    {
        using var app = new App();
        await app.OpenDraft(new { id = "hidden", visibility = "private" });
        using var answer = await app.Anonymous.GetAsync(path);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Headers.CacheControl!.Private.ShouldBeTrue();
        answer.Headers.CacheControl.NoCache.ShouldBeTrue();
        answer.Headers.Vary.ShouldContain("Authorization");
    }
}
