using System.Text;
using System.Text.Json.Nodes;
using static VoteTracker.Tests.Endpoints.Input.WrongRequests;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A wrong `If-Match` or `If-None-Match` gets a clear 4xx, in the order of the checks, and changes nothing.</summary>
public sealed class WrongConditionsTests
{
    [TestCase("NOR", "7", 400)]
    [TestCase("NOR", "\"7", 400)]
    [TestCase("NOR", "nonsense", 400)]
    [TestCase("NOR", "\"1\" \"2\"", 400)]
    [TestCase("NOR", "", 428)]
    [TestCase("NOR", "W/\"2\"", 412)]
    [TestCase("NOR", "\"1\"", 412)]
    [TestCase("NOR", "\"02\"", 412)]
    [TestCase("NOR", "\"99999999999999999999999\"", 412)]
    [TestCase("NOR", "\"2; DROP TABLE stance\"", 412)]
    public async Task A_malformed_weak_or_old_condition_is_rejected(string iso3, string ifMatch, int status)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, iso3, "no");
        await Unchanged(
            app,
            draft,
            async () =>
            {
                foreach (var method in (HttpMethod[])[HttpMethod.Put, HttpMethod.Delete])
                {
                    using var answer = await Send(
                        app.Lobbyist,
                        method,
                        $"/v1/resolutions/{draft}/stances/{iso3}",
                        Encoding.UTF8.GetBytes(Stance),
                        ifMatch: ifMatch.Length == 0 ? null : ifMatch
                    );
                    await answer.ShouldBeProblem(status, status == 400 ? ["If-Match"] : []);
                }
            }
        );
    }

    [Test]
    public async Task If_None_Match_of_a_write_accepts_only_a_star()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Unchanged(
            app,
            draft,
            async () =>
            {
                foreach (var condition in (string[])["\"1\"", "*, *", "nonsense"])
                {
                    using var answer = await app.Lobbyist.Send(
                        HttpMethod.Put,
                        $"/v1/resolutions/{draft}/stances/NOR",
                        JsonNode.Parse(Stance),
                        ifMatch: null,
                        ifNoneMatch: condition
                    );
                    await answer.ShouldBeProblem(400, "If-None-Match");
                }
            }
        );
    }

    [Test]
    public async Task The_key_comes_before_the_condition_the_condition_before_the_body_the_body_before_the_version()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = $"/v1/resolutions/{draft}/stances/NOR";
        foreach (
            var (client, ifMatch, json, status) in ((HttpClient, string?, string, int)[])
                [
                    (app.Anonymous, null, "{", 401),
                    (app.Viewer, null, "{", 403),
                    (app.Lobbyist, null, "{", 428),
                    (app.Lobbyist, "\"9\"", "{", 400),
                    (app.Lobbyist, "\"9\"", Stance, 412),
                ]
        )
        {
            using var answer = await Send(client, HttpMethod.Put, path, Encoding.UTF8.GetBytes(json), ifMatch: ifMatch);
            await answer.ShouldBeProblem(status);
        }
    }
}
