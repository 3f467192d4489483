using System.Net.Http.Headers;
using VoteTracker.Tests.Contract;

namespace VoteTracker.Tests.Endpoints.Bodies;

/// <summary>An operation of the contract that takes a body, at an address that exists.</summary>
internal sealed record BodyOperation(string Method, string Path, string MediaType)
{
    /// <summary>Every operation that takes a body, once with each media type of it.</summary>
    public static async Task<IReadOnlyList<BodyOperation>> All(App app)
    {
        var draft = await app.OpenDraft();
        using var contact = await app.Lobbyist.PostAsync(
            "/v1/contacts",
            new StringContent(
                """{"memberState": "NOR", "name": "A name", "office": "mission"}""",
                new MediaTypeHeaderValue("application/json")
            )
        );
        var id = (await contact.Json())["id"]!.GetValue<string>();
        var contract = await ServedContract.Read();
        var all = contract
            .Operations.Where(o => o.Operation["requestBody"] is not null)
            .SelectMany(o =>
                contract.Resolve(o.Operation["requestBody"]!)["content"]!
                    .AsObject()
                    .Select(c => new BodyOperation(o.Method.ToUpperInvariant(), Address(o.Path, draft, id), c.Key))
            )
            .ToList();
        all.Count.ShouldBeGreaterThan(12);
        return all;
    }

    public async Task<HttpResponseMessage> Send(
        App app,
        byte[] body,
        string? contentEncoding = null,
        string? contentType = null
    )
    {
        using var client = app.Admin;
        var request = new HttpRequestMessage(new HttpMethod(Method), Path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType ?? MediaType).ShouldBeTrue();
        if (contentEncoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding).ShouldBeTrue();
        }
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        return await client.SendAsync(request);
    }

    private static string Address(string path, string draft, string contact) =>
        path.Replace(
                "{id}",
                path.StartsWith("/v1/contacts", StringComparison.Ordinal) ? contact : draft,
                StringComparison.Ordinal
            )
            .Replace("{iso3}", "NOR", StringComparison.Ordinal)
            .Replace("{name}", "a-name", StringComparison.Ordinal);
}
