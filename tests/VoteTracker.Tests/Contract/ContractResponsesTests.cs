namespace VoteTracker.Tests.Contract;

/// <summary>Real responses match the contract, property by property.</summary>
public sealed class ContractResponsesTests : ContractFixture
{
    [Test]
    public async Task Every_GET_returns_the_response_in_the_contract(
        [Values("admin", "lobbyist", "viewer", "anonymous")] string role
    )
    {
        using var client = role switch
        {
            "admin" => _app.Admin,
            "anonymous" => _app.Anonymous,
            _ => _app.As(role),
        };
        var found = 0;
        foreach (var (method, path, _) in _contract.Operations.Where(o => o.Method == "get"))
        {
            using var answer = await client.GetAsync(PathOf(path), HttpCompletionOption.ResponseHeadersRead);
            if (path.EndsWith("/stream", StringComparison.Ordinal))
            {
                answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
                continue;
            }
            await _contract.ShouldDescribe(answer, method, path);
            if (role == "admin" && !NeedsVote(path))
            {
                ((int)answer.StatusCode).ShouldBe(200, path);
                found++;
            }
        }
        // All except the addresses of a recorded vote and the three streams.
        found.ShouldBe(
            role == "admin" ? _contract.Operations.Count(o => o.Method == "get" && !NeedsVote(o.Path)) - 3 : 0
        );
    }

    [TestCase("/v1/resolutions?include=tally&limit=3", "/v1/resolutions")]
    [TestCase("/v1/resolutions/es-10-27/tally", "/v1/resolutions/{id}/tally")]
    [TestCase("/v1/resolutions/es-10-27/roll-call", "/v1/resolutions/{id}/roll-call")]
    [TestCase("/v1/resolutions/es-10-27/breakdown?by=bloc", "/v1/resolutions/{id}/breakdown")]
    [TestCase("/v1/agreement?a=ZAF&b=NAM&session=es-10", "/v1/agreement")]
    [TestCase("/v1/agreement", "/v1/agreement")]
    [TestCase("/v1/member-states/ZAF/votes?limit=3", "/v1/member-states/{iso3}/votes")]
    [TestCase("/v1/resolutions/es-10-27/cohesion", "/v1/resolutions/{id}/cohesion")]
    [TestCase("/v1/resolutions/es-10-27/popolo", "/v1/resolutions/{id}/popolo")]
    [TestCase("/v1/resolutions/es-10-27/roll-call/popolo", "/v1/resolutions/{id}/roll-call/popolo")]
    [TestCase("/v1/resolutions/es-10-27", "/v1/resolutions/{id}")]
    [TestCase("/v1/member-states?kind=former", "/v1/member-states")]
    [TestCase("/v1/member-states?kind=observer", "/v1/member-states")]
    [TestCase("/v1/sessions?limit=x", "/v1/sessions")]
    [TestCase("/v1/resolutions/nothing", "/v1/resolutions/{id}")]
    [TestCase("/v1/contacts", "/v1/contacts")]
    [TestCase("/v1/resolutions/es-10-27/export/roll-call.json", "/v1/resolutions/{id}/export/roll-call.{format}")]
    [TestCase("/v1/resolutions/es-10-27/export/breakdown.json", "/v1/resolutions/{id}/export/breakdown.{format}")]
    [TestCase("/v1/resolutions/es-10-27/export/breakdown.exe", "/v1/resolutions/{id}/export/breakdown.{format}")]
    public async Task Every_public_response_is_in_the_contract(string address, string path)
    {
        using var client = _app.Anonymous;
        using var answer = await client.GetAsync(address);
        await _contract.ShouldDescribe(answer, "get", path);
    }

    [Test]
    public async Task A_client_with_the_current_version_gets_304_as_in_the_contract()
    {
        using var client = _app.Admin;
        var found = 0;
        foreach (
            var (method, path, operation) in _contract.Operations.Where(o =>
                o.Operation["responses"]!["304"] is not null
            )
        )
        {
            using var first = await client.GetAsync(PathOf(path));
            if (first.Headers.ETag is not { } tag)
            {
                NeedsVote(path).ShouldBeTrue(path);
                continue;
            }
            using var request = new HttpRequestMessage(HttpMethod.Get, PathOf(path));
            request.Headers.IfNoneMatch.Add(tag);
            using var again = await client.SendAsync(request);
            ((int)again.StatusCode).ShouldBe(304, path);
            await _contract.ShouldDescribe(again, method, path);
            found++;
        }
        found.ShouldBeGreaterThan(5);
    }

    private static bool NeedsVote(string path) =>
        path.StartsWith("/v1/resolutions/", StringComparison.Ordinal)
        && (
            path.Contains("/roll-call", StringComparison.Ordinal)
            || path.EndsWith("/cohesion", StringComparison.Ordinal)
            || path.EndsWith("/calibration", StringComparison.Ordinal)
        );
}
