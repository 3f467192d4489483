using System.Net;
using System.Net.Http.Headers;
using VoteTracker.Tests.Contract.Recorded;

namespace VoteTracker.Tests.Endpoints;

/// <summary>Unknown methods and addresses.</summary>
public sealed class MethodsTests
{
    [TestCase("POST", "/v1/resolutions/es-10-27/tally", "GET, HEAD, OPTIONS")]
    [TestCase("PUT", "/v1/resolutions", "GET, HEAD, POST, OPTIONS")]
    [TestCase("TRACE", "/v1/contacts/x", "GET, HEAD, PATCH, DELETE, OPTIONS")]
    [TestCase("BREW", "/health/live", "GET, HEAD, OPTIONS")]
    public async Task A_method_that_an_address_does_not_have_is_a_405_that_lists_all_it_has(
        string method,
        string path,
        string allowed
    )
    {
        using var app = new App();
        using var answer = await app.Anonymous.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        var problem = await answer.ShouldBeProblem(405);
        problem["detail"]!.GetValue<string>().ShouldContain($"'{method}'");
        answer.Content.Headers.Allow.ShouldBeInAnyOrder(allowed.Split(", "));
    }

    [TestCase("/v1/resolutions/es-10-27/tally", "GET, HEAD, OPTIONS")]
    [TestCase("/v1/resolutions/es-10-27/stances/NOR", "GET, HEAD, PUT, DELETE, OPTIONS")]
    public async Task OPTIONS_returns_the_methods_of_an_address(string path, string allowed)
    {
        using var app = new App();
        using var answer = await app.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Options, path));
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        answer.Content.Headers.Allow.ShouldBeSubsetOf([.. allowed.Split(", "), "PATCH"]);
        allowed.Split(", ").ShouldBeSubsetOf(answer.Content.Headers.Allow);
    }

    [Test]
    public async Task OPTIONS_of_the_server_returns_the_methods_of_the_service()
    {
        using var app = new App();
        var server = app.Listen();
        var answer = await RawResponse.Receive(server, new RawRequest("anonymous", "OPTIONS", "*"), key: null);
        answer.Status.ShouldBe(204);
        answer.Header("Allow").ShouldBe("GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS");
    }

    [TestCase("POST", "/v1/resolutions/es-10-27/export/none")]
    [TestCase("OPTIONS", "/v1/resolutions/es-10-27/export/stances.")]
    public async Task An_address_that_no_method_has_is_a_404_for_every_method(string method, string path)
    {
        using var app = new App();
        using var answer = await app.Anonymous.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));
        await answer.ShouldBeProblem(404);
        answer.Content.Headers.Allow.ShouldBeEmpty();
    }

    [Test]
    public async Task A_page_that_is_not_there_is_a_404_whatever_the_client_has()
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nothing");
        request.Headers.Accept.ParseAdd("text/html");
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var answer = await app.Anonymous.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("<html");
    }

    [TestCase("/openapi/v2.json")]
    [TestCase("/openapi/")]
    [TestCase("/docs/nothing/else.js")]
    [TestCase("/nothing.html")]
    [TestCase("/v1/%zz")]
    [TestCase("/v1/resolutions/%FF%FE/tally")]
    public async Task An_address_that_does_not_exist_is_a_404_problem(string path)
    {
        using var app = new App();
        var server = app.Listen();
        var answer = await RawResponse.Receive(server, new RawRequest("anonymous", "GET", path), key: null);
        answer.Status.ShouldBe(404);
        answer.Header("Content-Type").ShouldBe("application/problem+json");
    }

    [Test]
    public async Task The_contract_is_created_once_and_stays_the_same()
    {
        using var app = new App();
        var first = await app.Anonymous.GetStringAsync("/openapi/v1.json");
        (await app.Anonymous.GetStringAsync("/openapi/v1.json")).ShouldBe(first);
        using var head = await app.Anonymous.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/openapi/v1.json"));
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }
}
