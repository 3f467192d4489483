using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Endpoints;

/// <summary>Moments as clients write them (RFC 3339).</summary>
public sealed class MomentsTests
{
    [TestCase("2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01T12:00Z", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01t12:00:00z", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01 12:00:00Z", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01T14:00:00+02:00", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01 14:00:00 02:00", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01T12:00:00-00:00", "2026-06-01T12:00:00Z")]
    [TestCase("2026-06-01T12:00:00.5Z", "2026-06-01T12:00:00.5Z")]
    [TestCase("2026-06-01T12:00:00.1234567Z", "2026-06-01T12:00:00.123456Z")]
    [TestCase("2026-06-01T12:00:00.123456789Z", "2026-06-01T12:00:00.123456Z")]
    [TestCase("2026-06-01T12:00:00.999999999+00:00", "2026-06-01T12:00:00.999999Z")]
    [TestCase("2026-06-01T12:00:00.12345678901234567890123456789z", "2026-06-01T12:00:00.123456Z")]
    public async Task A_moment_is_read_in_every_form_of_RFC_3339(string written, string moment)
    {
        using var app = new App();
        var path = "/v1/resolutions/es-10-27/tally?asOf=" + Uri.EscapeDataString(written);
        (await app.Anonymous.GetJson(path))["asOf"]!.GetValue<string>().ShouldBe(moment);
        using var answer = await Create(app, written.Replace("2026-06", "2027-06", StringComparison.Ordinal));
        if (written.Contains("00 02:00", StringComparison.Ordinal))
        {
            await answer.ShouldBeProblem(400, "expiresAt");
            return;
        }
        var key = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, key.ToJsonString());
        key["expiresAt"]!.GetValue<string>().ShouldBe(moment.Replace("2026", "2027", StringComparison.Ordinal));
    }

    [TestCase("2026-06-01")]
    [TestCase("2026-06-01T12:00:00")]
    [TestCase("2026-06-01T12:00:00+0000")]
    [TestCase("2026-06-01T12:00:00+00")]
    [TestCase("2026-06-01T12:00:00.Z")]
    [TestCase("2026-06-01_12:00:00Z")]
    [TestCase("2026-06-01T12:00:60Z")]
    [TestCase("2026-06-01T24:00:00Z")]
    [TestCase("2026-02-30T12:00:00Z")]
    [TestCase("２026-06-01T12:00:00Z")]
    [TestCase("2026-06-01T12:00:00Z\n")]
    [TestCase("0001-01-01T00:00:00+05:00")]
    [TestCase("yesterday")]
    public async Task A_value_that_is_not_a_moment_is_a_400_that_shows_it(string written)
    {
        using var app = new App();
        var path = "/v1/resolutions/es-10-27/tally?asOf=" + Uri.EscapeDataString(written);
        using var query = await app.Anonymous.GetAsync(path);
        using var body = await Create(app, written);
        foreach (var (answer, field) in ((HttpResponseMessage, string)[])[(query, "asOf"), (body, "expiresAt")])
        {
            var problem = await answer.ShouldBeProblem(400, field);
            var message = problem["errors"]![field]![0]!.GetValue<string>();
            message.ShouldContain("RFC 3339");
            message.ShouldContain($"found '{written.Replace("\n", "\\u000A", StringComparison.Ordinal)}'");
        }
    }

    [Test]
    public async Task A_JSON_value_of_another_type_is_shown_as_well()
    {
        using var app = new App();
        using var answer = await app.Admin.PostAsync(
            "/v1/api-keys",
            new StringContent(
                """{"label": "a", "role": "viewer", "expiresAt": 1764367200}""",
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
            )
        );
        var problem = await answer.ShouldBeProblem(400, "expiresAt");
        problem["detail"]!.GetValue<string>().ShouldContain("found 1764367200");
    }

    private static async Task<HttpResponseMessage> Create(App app, string expiresAt)
    {
        using var admin = app.Admin;
        return await admin.PostAsync(
            "/v1/api-keys",
            new StringContent(
                new JsonObject
                {
                    ["label"] = "a label",
                    ["role"] = "viewer",
                    ["expiresAt"] = expiresAt,
                }.ToJsonString(),
                new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")
            )
        );
    }
}
