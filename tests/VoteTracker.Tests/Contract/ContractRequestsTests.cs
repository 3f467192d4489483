using System.Text;

namespace VoteTracker.Tests.Contract;

/// <summary>The service accepts the bodies in the contract, and rejects others as the contract documents.</summary>
public sealed class ContractRequestsTests : ContractFixture
{
    private static readonly string[] LastOfVote = ["propose", "confirm", "roll-call"];

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
        using var second = _app.Coordinator;
        // The roll call comes last, because it decides the draft. A result is proposed, and then confirmed by a second person.
        foreach (
            var (method, path, operation) in _contract
                .Operations.Where(o => o.Operation["requestBody"] is not null)
                // The days of a session bound the days of its requests, which the contract lists later.
                .OrderBy(o => o.Path == "/v1/sessions/{id}")
                .ThenBy(o => Array.IndexOf(LastOfVote, o.Path.Split('/')[^1]))
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
            var caller = path.EndsWith("/confirm", StringComparison.Ordinal) ? second : admin;
            using var answer = await caller.Send(new HttpMethod(method), PathOf(path) + query, body);
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
            // A POST names the version of the stance that it changes in its body.
            if (operation["responses"]!["412"] is not null && method != "post")
            {
                await Record(428, () => admin.Send(verb, PathOf(path), body, ifMatch: null), method, path);
                await Record(400, () => admin.Send(verb, PathOf(path), body, ifMatch: "7"), method, path);
                var stale =
                    method == "put" && path.EndsWith("/roll-call", StringComparison.Ordinal)
                        ? PathOf(path) + "?missing=non-voting"
                        : PathOf(path);
                // The draft has no roll call to remove, and a vote day is open: both are found before the version is compared.
                var status =
                    !path.EndsWith("/roll-call", StringComparison.Ordinal) ? 412
                    : method == "delete" ? 404
                    : 409;
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
}
