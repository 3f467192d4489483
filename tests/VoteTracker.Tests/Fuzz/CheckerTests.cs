using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Contract;

namespace VoteTracker.Tests.Fuzz;

/// <summary>The checker finds faults, and a request can be created again from its number.</summary>
public sealed class CheckerTests
{
    private const string Live = "/health/live";

    private FuzzContract _contract = null!;

    [SetUp]
    public async Task SetUp() => _contract = new FuzzContract((await ServedContract.Read()).Document);

    [Test]
    public async Task A_response_of_the_service_has_no_fault()
    {
        using var app = new App();
        using var client = app.Anonymous;

        Fault(200, await client.GetStringAsync(Live)).ShouldBeNull();
        Fault(404, await (await client.GetAsync("/v1/none")).Content.ReadAsStringAsync(), path: "/v1/none")
            .ShouldBeNull();
    }

    [Test]
    public void A_status_that_is_not_documented_is_a_fault()
    {
        Fault(418, "").ShouldNotBeNull().ShouldContain("does not document 418");
        Fault(200, "{}", path: "/v1/none").ShouldNotBeNull().ShouldContain("where no operation is");
    }

    [Test]
    public void A_failure_of_the_service_is_a_fault()
    {
        Fault(500, "").ShouldBe("status 500");
        Fault(503, Problem(503)).ShouldBe("503 without Retry-After");
    }

    [TestCase("""{"status":1}""")]
    [TestCase("""{"status":"ok","more":1}""")]
    [TestCase("{}")]
    [TestCase("{")]
    [TestCase("[]")]
    public void A_body_that_does_not_match_its_schema_is_a_fault(string body) => Fault(200, body).ShouldNotBeNull();

    [Test]
    public void A_problem_of_another_status_or_with_a_stack_trace_is_a_fault()
    {
        Fault(404, Problem(404), path: "/v1/none").ShouldBeNull();
        Fault(404, Problem(405), path: "/v1/none").ShouldNotBeNull();
        Fault(404, Problem(404, "failed\\n   at Store.Load()"), path: "/v1/none").ShouldNotBeNull();
    }

    [TestCase("/shared/secret/tally.svg", true)]
    [TestCase("/shared/secret/tally.SVG", true)]
    [TestCase("/shared/secret/tally.png", false)]
    [TestCase("/shared/secret/.svg", false)]
    public void A_parameter_takes_what_is_between_the_literals(string path, bool isRouted) =>
        _contract.At(path).Any().ShouldBe(isRouted);

    [Test]
    public void A_media_type_that_is_not_documented_is_a_fault() =>
        Fault(200, """{"status":"ok"}""", "text/html").ShouldNotBeNull().ShouldContain("text/html");

    [Test]
    public void A_response_that_ends_early_is_a_fault()
    {
        var checker = new Checker(_contract);
        checker.Fault(Request(Live), response: null).ShouldNotBeNull();
        checker.Fault(Request(Live) with { Delivery = Delivery.Truncated }, response: null).ShouldBeNull();
    }

    [Test]
    public void The_request_of_a_number_is_always_the_same()
    {
        var again = new RequestMaker(_contract, seed: 7);
        var maker = new RequestMaker(_contract, seed: 7);
        var made = Enumerable.Range(0, 1_000).Select(n => Text(maker.Make(n))).ToList();

        Enumerable.Range(0, 1_000).Reverse().Select(n => Text(again.Make(n))).Reverse().ShouldBe(made);

        made.Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(900);
        Text(new RequestMaker(_contract, seed: 8).Make(0)).ShouldNotBe(made[0]);
    }

    private string? Fault(int status, string body, string? mediaType = null, string path = Live)
    {
        var type = mediaType ?? (status < 400 ? "application/json" : "application/problem+json");
        return new Checker(_contract).Fault(
            Request(path),
            new FuzzResponse(status, [("Content-Type", type)], Encoding.UTF8.GetBytes(body))
        );
    }

    private FuzzRequest Request(string path) =>
        new(1, 1, _contract.Operations.Single(o => o.Template == Live))
        {
            Role = "anonymous",
            Method = "GET",
            Address = path,
            Headers = "Host: votetracker.test\r\n",
        };

    private static string Problem(int status, string detail = "A detail.") =>
        $$"""{"type":"/problems/none","title":"A title","status":{{status}},"detail":"{{detail}}"}""";

    private static string Text(FuzzRequest request) => request.Show(placeholder => placeholder);
}
