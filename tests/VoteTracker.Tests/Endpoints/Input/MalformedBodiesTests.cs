using System.Net.Http.Headers;
using System.Text;
using static VoteTracker.Tests.Endpoints.Input.WrongRequests;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A body that is not JSON in UTF-8 gets a clear 4xx and changes nothing.</summary>
public sealed class MalformedBodiesTests
{
    [Test]
    public async Task Bytes_that_are_not_UTF8_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        byte[] latin = [.. Encoding.UTF8.GetBytes(Stance[..^1] + ", \"note\": \""), 0xE9, (byte)'"', (byte)'}'];
        foreach (var bytes in (byte[][])[latin, Encoding.Unicode.GetBytes(Stance), [0xFF, 0xFE, 0x00]])
        {
            await Unchanged(
                app,
                draft,
                async () =>
                {
                    using var answer = await Put(app.Lobbyist, $"/v1/resolutions/{draft}/stances/NOR", bytes);
                    await answer.ShouldBeProblem(400);
                }
            );
        }
    }

    [Test]
    public async Task JSON_with_a_hundred_levels_is_rejected_in_every_place()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var arrays = new string('[', 100) + new string(']', 100);
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        foreach (var deep in (string[])[arrays, objects])
        {
            foreach (
                var (method, path, json) in ((HttpMethod, string, string)[])
                    [
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR", deep),
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR", $$"""{"note": {{deep}}}"""),
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR", $"{Stance[..^1]}, \"x\": {deep}}}"),
                        (HttpMethod.Put, $"/v1/resolutions/{draft}/roll-call", $$"""{"votes": {{deep}}}"""),
                        (HttpMethod.Patch, $"/v1/resolutions/{draft}", $$"""{"title": {{deep}}}"""),
                        (HttpMethod.Post, "/v1/resolutions", $$"""{"title": {{deep}}}"""),
                        (HttpMethod.Post, "/v1/contacts", deep),
                    ]
            )
            {
                await Unchanged(
                    app,
                    draft,
                    async () =>
                    {
                        using var answer = await Send(app.Coordinator, method, path, Encoding.UTF8.GetBytes(json));
                        await answer.ShouldBeProblem(400);
                    }
                );
            }
        }
    }

    [Test]
    public async Task A_body_of_another_type_is_a_415()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string?[])["text/plain", "application/xml", "application/x-www-form-urlencoded", "text/csv", null],
            async contentType =>
            {
                foreach (
                    var (method, path) in ((HttpMethod, string)[])
                        [
                            (HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR"),
                            (HttpMethod.Put, $"/v1/resolutions/{draft}/co-sponsors/NOR"),
                            (HttpMethod.Patch, $"/v1/resolutions/{draft}"),
                            (HttpMethod.Post, "/v1/resolutions"),
                            (HttpMethod.Post, "/v1/contacts"),
                        ]
                )
                {
                    await Unchanged(
                        app,
                        draft,
                        async () =>
                        {
                            using var answer = await Send(app.Coordinator, method, path, "{}"u8.ToArray(), contentType);
                            await answer.ShouldBeProblem(415);
                        }
                    );
                }
            }
        );
    }

    [TestCase("""{"position": "yes", """)]
    [TestCase("{")]
    [TestCase("[[")]
    public async Task JSON_that_ends_too_early_is_not_well_formed(string body)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await Put(app.Lobbyist, $"/v1/resolutions/{draft}/stances/NOR", body);
        var problem = await answer.ShouldBeProblem(400, "body");
        problem["detail"]!.GetValue<string>().ShouldContain("well formed");
    }

    [Test]
    public async Task A_body_that_is_declared_as_compressed_is_not_read_as_JSON()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Unchanged(
            app,
            draft,
            async () =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/resolutions/{draft}/stances/NOR")
                {
                    Content = new ByteArrayContent([0x1F, 0x8B, 8, 0, 0, 0, 0, 0]),
                };
                request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
                request.Content.Headers.ContentEncoding.Add("gzip");
                request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
                using var answer = await app.Lobbyist.SendAsync(request);
                await answer.ShouldBeProblem(400);
            }
        );
    }
}
