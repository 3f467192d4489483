using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using VoteTracker.Endpoints.Errors;

namespace VoteTracker.Tests;

/// <summary>Requests of tests, and checks of responses.</summary>
internal static class HttpExtensions
{
    public static async Task<JsonNode> Json(this HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    /// <summary>The JSON of a GET with status 200.</summary>
    public static async Task<JsonNode> GetJson(this HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Sends a JSON body with a condition; by default one that always holds.</summary>
    public static Task<HttpResponseMessage> Send(
        this HttpClient client,
        HttpMethod method,
        string path,
        object? body = null,
        string? ifMatch = "*",
        string? ifNoneMatch = null
    )
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
        }
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch).ShouldBeTrue();
        }
        return client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> Put(
        this HttpClient client,
        string path,
        object body,
        string? ifMatch = "*"
    ) => client.Send(HttpMethod.Put, path, body, ifMatch);

    /// <summary>Opens a draft and returns its id. Missing fields have defaults.</summary>
    public static async Task<string> OpenDraft(
        this HttpClient coordinator,
        object? fields = null,
        string symbol = "A/ES-10/L.34"
    )
    {
        var body = new JsonObject
        {
            ["symbol"] = symbol,
            ["title"] = "A draft",
            ["session"] = "es-10",
            ["kind"] = "draft",
        };
        foreach (var (name, value) in JsonSerializer.SerializeToNode(fields ?? new { })!.AsObject())
        {
            body[name] = value?.DeepClone();
        }
        using var answer = await coordinator.PostAsJsonAsync("/v1/resolutions", body);
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        return json["id"]!.GetValue<string>();
    }

    /// <summary>Sends a merge patch (RFC 7396), as it is written.</summary>
    public static Task<HttpResponseMessage> Patch(
        this HttpClient client,
        string path,
        string json,
        string? ifMatch = "*"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Patch, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/merge-patch+json"),
        };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
        }
        return client.SendAsync(request);
    }

    /// <summary>Records a stance over any version. By default it is confirmed, with a meeting as evidence.</summary>
    public static async Task<JsonNode> RecordStance(
        this HttpClient client,
        string resolution,
        string iso3,
        string position,
        string certainty = "confirmed",
        string evidence = "meeting"
    )
    {
        using var answer = await client.Put(
            $"/v1/resolutions/{resolution}/stances/{iso3}",
            new
            {
                position,
                certainty,
                evidence,
            }
        );
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(200, json.ToJsonString());
        return json;
    }

    /// <summary>Checks that a response is a problem with this status, and for a 400 with errors of these fields.</summary>
    public static async Task<JsonNode> ShouldBeProblem(
        this HttpResponseMessage answer,
        int status,
        params string[] fields
    )
    {
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonNode.Parse(text)!;
        problem["status"]!.GetValue<int>().ShouldBe(status);
        ShouldBeInCatalogue(problem);
        problem["detail"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        foreach (var field in fields)
        {
            (problem["errors"]?.AsObject().ContainsKey(field) ?? false).ShouldBeTrue($"names {field}: {text}");
        }
        return problem;
    }

    // Every test that sees a problem checks its type, status and title against the catalogue.
    private static void ShouldBeInCatalogue(JsonNode problem)
    {
        var types = ProblemTypes
            .All.Where(type => type.Uri == problem["type"]!.GetValue<string>())
            .DistinctBy(type => (type.Status, type.Title))
            .ToList();
        var known = types.ShouldHaveSingleItem(problem.ToJsonString());
        if (known.Status != 0)
        {
            problem["status"]!.GetValue<int>().ShouldBe(known.Status);
            problem["title"]!.GetValue<string>().ShouldBe(known.Title);
        }
    }
}
