using System.Net.Http.Headers;
using System.Text;

namespace VoteTracker.Tests.Endpoints;

/// <summary>The limit of a body, on a real port because only a real server has chunks.</summary>
public sealed class BodyLimitTests
{
    [Test]
    public async Task A_body_over_the_limit_is_a_413_with_a_declared_length_and_in_chunks()
    {
        using var app = new App();
        app.Listen();
        var draft = await app.OpenDraft();
        var stances = $"/v1/resolutions/{draft}/stances/NOR";
        var rollCall = $"/v1/resolutions/{draft}/roll-call?recordedOn=2026-11-21&missing=non-voting";
        var line = "iso3,vote\nNOR," + new string('x', 10_000_000);
        var before = (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString();
        foreach (var chunked in (bool[])[false, true])
        {
            await TooLarge(stances, "application/json", "{\"note\": \"" + new string('x', 1_048_576) + "\"}");
            await TooLarge(stances, "application/json", new string(' ', 1_048_577));
            await TooLarge(rollCall, "text/csv", line);
            await TooLarge(rollCall, "application/json", line);

            async Task TooLarge(string path, string contentType, string body)
            {
                using var client = app.As("coordinator");
                using var answer = await Put(client, path, contentType, body, chunked);
                await answer.ShouldBeProblem(413);
            }
        }
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString().ShouldBe(before);
        using var last = app.As("coordinator");
        using var atLimit = await Put(
            last,
            stances,
            "application/json",
            """{"position": "yes", "certainty": "confirmed", "evidence": "call"}""".PadRight(1_048_576),
            chunked: true
        );
        ((int)atLimit.StatusCode).ShouldBe(200);
    }

    [Test]
    public async Task The_limit_is_a_setting()
    {
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["MaxBodyBytes"] = "2000" }
        );
        var draft = await app.OpenDraft();
        using var over = await Put(
            app.Lobbyist,
            $"/v1/resolutions/{draft}/stances/NOR",
            "application/json",
            new string(' ', 2_001),
            chunked: false
        );
        (await over.ShouldBeProblem(413))["detail"]!.GetValue<string>().ShouldContain("2000");
        using var within = await Put(
            app.Lobbyist,
            $"/v1/resolutions/{draft}/stances/NOR",
            "application/json",
            new string(' ', 2_000),
            chunked: false
        );
        await within.ShouldBeProblem(400);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_limit_also_holds_for_a_body_in_chunks_with_an_idempotency_key(bool isOver)
    {
        // Without a real server, only the service's own limit counts the bytes.
        using var app = new App(
            settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["MaxBodyBytes"] = "2000" }
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/contacts")
        {
            Content = new StringContent(new string(' ', isOver ? 2_001 : 2_000), Encoding.UTF8, "application/json"),
        };
        request.Headers.TransferEncodingChunked = true;
        request.Headers.Add("Idempotency-Key", "one");
        using var answer = await app.Lobbyist.SendAsync(request);
        await answer.ShouldBeProblem(isOver ? 413 : 400);
    }

    private static Task<HttpResponseMessage> Put(
        HttpClient client,
        string path,
        string contentType,
        string body,
        bool chunked
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Put, path)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        request.Headers.TransferEncodingChunked = chunked;
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        return client.SendAsync(request);
    }
}
