using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Imports;

namespace VoteTracker.Tests.Contract;

/// <summary>Real responses match the contract, property by property.</summary>
public sealed class AnswersTests
{
    private App _app = null!;
    private ServedContract _contract = null!;
    private Dictionary<string, string> _ids = null!;

    [SetUp]
    public async Task SetUp()
    {
        _app = new App();
        _contract = await ServedContract.Read();
        var draft = await _app.OpenDraft(new { visibility = "positions", baseline = "es-10-27" });
        using var admin = _app.Admin;
        await admin.RecordStance(draft, "ZAF", "undecided", "leaning", "call");
        await Sent(
            admin,
            HttpMethod.Put,
            $"/v1/resolutions/{draft}/co-sponsors/NOR",
            new { status = "signed", role = "main" }
        );
        await Sent(
            admin,
            HttpMethod.Put,
            $"/v1/resolutions/{draft}/scenarios/plan-b",
            new { changes = new object[] { new { memberState = "ZAF", position = "yes" } } }
        );
        await Sent(
            admin,
            HttpMethod.Put,
            "/v1/member-states/TCD/ineligibility",
            new { from = "2026-01-01", reason = "article-19" }
        );
        var contact = await Sent(
            admin,
            HttpMethod.Post,
            "/v1/contacts",
            new
            {
                memberState = "ZAF",
                name = "Legal adviser",
                office = "mission",
            }
        );
        var id = contact["id"]!.GetValue<string>();
        await Sent(
            admin,
            HttpMethod.Post,
            $"/v1/contacts/{id}/engagements",
            new
            {
                kind = "call",
                on = "2026-11-20",
                summary = "Went through the text.",
            }
        );
        _ids = new(StringComparer.Ordinal)
        {
            ["/v1/sessions/"] = "es-10",
            ["/v1/contacts/"] = id,
            ["/v1/resolutions/"] = draft,
            ["/v1/imports/"] = (await admin.Import(new VotingFile().Only("A/RES/78/7").Bytes)).Text("id")!,
        };
    }

    [TearDown]
    public void TearDown() => _app.Dispose();

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
        // All except the addresses of a recorded vote and the two streams.
        found.ShouldBe(
            role == "admin" ? _contract.Operations.Count(o => o.Method == "get" && !NeedsVote(o.Path)) - 2 : 0
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

    [Test]
    public async Task The_service_requires_the_fields_that_the_contract_requires()
    {
        using var admin = _app.Admin;
        var found = 0;
        foreach (
            var (method, path, operation) in _contract.Operations.Where(o => o.Operation["requestBody"] is not null)
        )
        {
            if (operation["requestBody"]!["content"]!["application/json"] is not { } content)
            {
                continue;
            }
            var schema = _contract.Resolve(content["schema"]!);
            foreach (var field in schema["required"]?.AsArray().Select(f => f!.GetValue<string>()) ?? [])
            {
                var body = content["example"]!.DeepClone().AsObject();
                body.Remove(field).ShouldBeTrue($"the example of {path} has {field}");
                using var answer = await admin.Send(new HttpMethod(method), PathOf(path), body);
                await answer.ShouldBeProblem(400, field);
                await _contract.ShouldDescribe(answer, method, path);
                found++;
            }
        }
        found.ShouldBeGreaterThan(15);
    }

    [Test]
    public async Task Every_example_of_a_body_is_accepted()
    {
        using var admin = _app.Admin;
        var found = 0;
        // The roll call comes last, because it decides the draft.
        foreach (
            var (method, path, operation) in _contract
                .Operations.Where(o => o.Operation["requestBody"] is not null)
                .OrderBy(o => o.Path.EndsWith("/roll-call", StringComparison.Ordinal))
        )
        {
            if (operation["requestBody"]!["content"]!["application/json"]?["example"] is not { } example)
            {
                continue;
            }
            var body = example.DeepClone().AsObject();
            var query = "";
            if (path.EndsWith("/roll-call", StringComparison.Ordinal))
            {
                query = "?missing=non-voting";
            }
            // A draft with that symbol already exists.
            if (body.ContainsKey("symbol"))
            {
                body["id"] = "another-draft";
            }
            using var answer = await admin.Send(new HttpMethod(method), PathOf(path) + query, body);
            ((int)answer.StatusCode).ShouldBeInRange(
                200,
                201,
                $"{method} {path}: {await answer.Content.ReadAsStringAsync()}"
            );
            await _contract.ShouldDescribe(answer, method, path);
            found++;
        }
        found.ShouldBeGreaterThan(8);
    }

    [Test]
    public async Task Every_rejected_write_gets_a_response_in_the_contract()
    {
        using var admin = _app.Admin;
        using var viewer = _app.Viewer;
        using var nobody = _app.Anonymous;
        var writes = _contract.Operations.Where(o => o.Method != "get").ToList();
        writes.ShouldNotBeEmpty();
        foreach (var (method, path, operation) in writes)
        {
            var verb = new HttpMethod(method);
            var body = operation["requestBody"]?["content"]!["application/json"]?["example"];
            await Record(401, () => nobody.Send(verb, PathOf(path), body), method, path);
            if (operation["responses"]!["403"] is not null)
            {
                await Record(403, () => viewer.Send(verb, PathOf(path), body), method, path);
            }
            if (operation["responses"]!["412"] is not null)
            {
                await Record(428, () => admin.Send(verb, PathOf(path), body, ifMatch: null), method, path);
                await Record(400, () => admin.Send(verb, PathOf(path), body, ifMatch: "7"), method, path);
                var stale =
                    method == "put" && path.EndsWith("/roll-call", StringComparison.Ordinal)
                        ? PathOf(path) + "?missing=non-voting"
                        : PathOf(path);
                // The draft has no roll call to remove, which is found before the version is compared.
                var status = method == "delete" && path.EndsWith("/roll-call", StringComparison.Ordinal) ? 404 : 412;
                await Record(status, () => admin.Send(verb, stale, body, ifMatch: "\"999999\""), method, path);
            }
            if (body is not null)
            {
                await Record(415, () => Plain(admin, verb, PathOf(path)), method, path);
            }
        }
    }

    private async Task Record(int status, Func<Task<HttpResponseMessage>> send, string method, string path)
    {
        using var answer = await send();
        ((int)answer.StatusCode).ShouldBe(status, $"{method} {path}: {await answer.Content.ReadAsStringAsync()}");
        await _contract.ShouldDescribe(answer, method, path);
    }

    private static async Task<HttpResponseMessage> Plain(HttpClient client, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent("hello", Encoding.UTF8, "text/plain"),
        };
        request.Headers.TryAddWithoutValidation("If-Match", "*");
        return await client.SendAsync(request);
    }

    private static async Task<JsonNode> Sent(HttpClient client, HttpMethod method, string path, object body)
    {
        using var answer = await client.Send(method, path, body);
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return json;
    }

    private static bool NeedsVote(string path) =>
        path.StartsWith("/v1/resolutions/", StringComparison.Ordinal)
        && (
            path.Contains("/roll-call", StringComparison.Ordinal)
            || path.EndsWith("/cohesion", StringComparison.Ordinal)
            || path.EndsWith("/calibration", StringComparison.Ordinal)
        );

    private string PathOf(string path) =>
        (path == "/v1/agreement" ? "/v1/agreement?a=ZAF" : path)
            .Replace("{iso3}", IsoOf(path), StringComparison.Ordinal)
            .Replace("{format}", "json", StringComparison.Ordinal)
            .Replace("{name}", "plan-b", StringComparison.Ordinal)
            .Replace(
                "{id}",
                _ids.FirstOrDefault(p => path.StartsWith(p.Key, StringComparison.Ordinal)).Value ?? "nothing",
                StringComparison.Ordinal
            );

    private static string IsoOf(string path) =>
        path.Contains("co-sponsors", StringComparison.Ordinal) ? "NOR"
        : path.Contains("ineligibility", StringComparison.Ordinal) ? "TCD"
        : "ZAF";
}
