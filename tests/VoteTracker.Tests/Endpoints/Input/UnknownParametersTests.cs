using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Conventions;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A query parameter that an address does not know is rejected by name, before anything is read or written.</summary>
public sealed class UnknownParametersTests
{
    [TestCase("/v1/resolutions/es-10-27/tally?as_of=2020-01-01T00:00:00Z", "as_of", "asOf")]
    [TestCase("/v1/resolutions/es-10-27/breakdown?As-Of=2020-01-01T00:00:00Z", "As-Of", "asOf")]
    [TestCase("/v1/resolutions?sesion=es-10", "sesion", "session")]
    [TestCase("/v1/resolutions?per_page=1", "per_page", null)]
    [TestCase("/v1/export/roll-calls.csv?sessions=es-10", "sessions", "session")]
    [TestCase("/v1/sessions/es-10?x", "x", null)]
    [TestCase("/v1/resolutions/es-10-27/tally/stream?utm_source=mail", "utm_source", null)]
    public async Task An_unknown_parameter_is_named_with_the_closest_known_one(
        string path,
        string name,
        string? closest
    )
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(path);
        var problem = await answer.ShouldBeProblem(400, name);
        var message = problem["errors"]![name]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
        message.ShouldStartWith("is not a known parameter; ");
        if (closest is null)
        {
            message.ShouldNotContain("did you mean");
        }
        else
        {
            message.ShouldContain($"did you mean {closest}?");
        }
    }

    [Test]
    public async Task The_known_parameters_are_listed_and_every_unknown_one_is_named()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(
            "/v1/resolutions/es-10-27/tally?colour=red&counting=confirmed&%E2%80%8BasOf=x&=y&rul=simple-majority"
        );
        var errors = (await answer.ShouldBeProblem(400))["errors"]!.AsObject();
        errors.Select(e => e.Key).ShouldBeInAnyOrder(["colour", @"\u200BasOf", "", "rul"]);
        errors["colour"]!.ToJsonString().ShouldContain("the known ones are asOf, counting, rule");
        errors[@"\u200BasOf"]!.ToJsonString().ShouldContain("did you mean asOf?");
        using var none = await app.Anonymous.GetAsync("/v1/sessions/es-10?id=es-10");
        (await none.ShouldBeProblem(400, "id"))["detail"]!.GetValue<string>().ShouldContain("there are none here");
    }

    [Test]
    public async Task Every_address_except_the_probes_rejects_an_unknown_parameter()
    {
        using var app = new App();
        using var admin = app.Admin;
        var refused = 0;
        foreach (var route in ServedRoute.All(app).Where(r => !r.IsPage))
        {
            // It has the length of an id. Below the addresses of calendars, everything else can be a secret.
            using var request = new HttpRequestMessage(
                new HttpMethod(route.Method),
                route.Path(_ => "nothingatall") + "?unheardOf=1"
            );
            request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
            using var answer = await admin.SendAsync(request);
            if (route.Pattern.StartsWith("/health/", StringComparison.Ordinal))
            {
                ((int)answer.StatusCode).ShouldBe(200, route.ToString());
                continue;
            }
            (await answer.ShouldBeProblem(400, "unheardOf"))["detail"]!
                .GetValue<string>()
                .ShouldStartWith("unheardOf is not a known parameter");
            refused++;
        }
        refused.ShouldBeGreaterThan(70);
    }

    [Test]
    public async Task Pages_and_the_contract_ignore_it()
    {
        using var app = new App();
        foreach (
            var path in (string[])["/?utm_source=mail", "/states?utm_source=mail", "/docs?x=1", "/openapi/v1.json?x=1"]
        )
        {
            using var answer = await app.Anonymous.GetAsync(path);
            answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {answer.StatusCode}");
        }
        using var nothing = await app.Anonymous.GetAsync("/v1/nothing?x=1");
        await nothing.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_misspelt_dryRun_changes_nothing()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        foreach (var query in (string[])["dry_run=true", "dryrnu=true", "dry-run"])
        {
            using var answer = await app.Coordinator.PostAsync(
                $"/v1/resolutions/{draft}/stances/import?{query}",
                new StringContent("iso3,position,certainty,evidence\nNOR,yes,likely,call\n", Encoding.UTF8, "text/csv")
            );
            var problem = await answer.ShouldBeProblem(400, query.Split('=')[0]);
            problem["detail"]!.GetValue<string>().ShouldContain("did you mean dryRun?");
        }
        var stance = await app.Viewer.GetJson($"/v1/resolutions/{draft}/stances/NOR");
        stance["position"]!.GetValue<string>().ShouldBe("unknown");
    }

    [Test]
    public async Task The_key_the_role_and_the_condition_come_first()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/stances/NOR?unheardOf=1";
        foreach (
            var (client, ifMatch, status) in ((HttpClient, string?, int)[])
                [
                    (app.Anonymous, null, 401),
                    (app.WithKey("vt_a-key-that-is-not-valid-0123456789"), null, 401),
                    (app.Viewer, null, 403),
                    (app.Lobbyist, null, 428),
                    (app.Lobbyist, "*", 400),
                ]
        )
        {
            using var answer = await client.Send(HttpMethod.Put, path, new JsonObject(), ifMatch);
            await answer.ShouldBeProblem(status);
        }
    }

    [Test]
    public async Task A_name_in_another_case_is_known_and_read_once()
    {
        using var app = new App();
        var page = await app.Viewer.GetJson("/v1/sessions?LIMIT=3");
        page["items"]!.AsArray().Count.ShouldBe(3);
        using var twice = await app.Viewer.GetAsync("/v1/sessions?LIMIT=3&limit=4");
        await twice.ShouldBeProblem(400, "limit");
        using var first = await app.Viewer.GetAsync("/v1/sessions?limit=3");
        var second = first.Headers.GetValues("Link").Single().Split('<', '>')[1];
        using var next = await app.Viewer.GetAsync(second.Replace("cursor=", "CURSOR=", StringComparison.Ordinal));
        var third = next.Headers.GetValues("Link").Single().Split('<', '>')[1];
        (await app.Viewer.GetJson(third))["items"]!.AsArray().ShouldNotBeEmpty();
    }

    [Test]
    public async Task The_response_to_a_long_query_has_at_most_a_hundred_names()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync(
            $"/v1/sessions?{string.Join('&', Enumerable.Range(0, 500).Select(i => $"x{i}"))}"
        );
        (await answer.ShouldBeProblem(400))["errors"]!.AsObject().Count.ShouldBe(100);
    }

    [Test]
    public async Task Each_operation_except_the_probes_documents_400()
    {
        using var app = new App();
        var contract = (await app.Anonymous.GetFromJsonAsync<JsonNode>("/openapi/v1.json"))!;
        var without = contract["paths"]!
            .AsObject()
            .Where(path => path.Value!.AsObject().Any(o => o.Value!["responses"]!["400"] is null))
            .Select(path => path.Key);
        without.ShouldBeInAnyOrder(["/health/live", "/health/ready"]);
    }
}
