using System.Globalization;
using VoteTracker.Tests.Features;

namespace VoteTracker.Tests.Endpoints;

/// <summary>`Accept` chooses between the media types that an operation offers.</summary>
public sealed class ContentNegotiationTests
{
    private const string Json = "application/json";
    private const string Csv = "text/csv";
    private const string Xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string Tally = "/v1/resolutions/es-10-27/tally";
    private const string Breakdown = "/v1/resolutions/es-10-27/breakdown";
    private const string Export = "/v1/resolutions/es-10-27/export/roll-call";

    [TestCase(null, Json, Csv)]
    [TestCase("*/*", Json, Csv)]
    [TestCase("", Json, Csv)]
    [TestCase("application/json", Json, Json)]
    [TestCase("text/csv", Csv, Csv)]
    [TestCase("TEXT/CSV", Csv, Csv)]
    [TestCase("text/*", Csv, Csv)]
    [TestCase("text/csv, application/json", Csv, Csv)]
    [TestCase("application/json, text/csv", Json, Json)]
    [TestCase("application/json;q=0.5, text/csv;q=0.9", Csv, Csv)]
    [TestCase("text/csv;q=0.5, */*", Json, Json)]
    [TestCase("text/csv;q=0.8, */*;q=0.1", Csv, Csv)]
    [TestCase("application/json;q=0, */*;q=0.1", Csv, Csv)]
    [TestCase("text/csv;q=0, */*", Json, Json)]
    [TestCase("text/csv;q=0", Json, Json)]
    [TestCase("application/json;q=0.000", Csv, Csv)]
    [TestCase("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", Json, Csv)]
    [TestCase("application/pdf", Json, Csv)]
    [TestCase("nonsense;;,,q=", Json, Csv)]
    public async Task Every_operation_with_several_formats_respects_Accept(
        string? accept,
        string withJson,
        string ofExport
    )
    {
        using var app = new App();
        (await Type(app, Tally, accept)).ShouldBe(withJson);
        (await Type(app, Breakdown, accept)).ShouldBe(withJson);
        (await Type(app, Export, accept)).ShouldBe(ofExport);
    }

    [TestCase("application/x-ndjson", "application/x-ndjson")]
    [TestCase("application/jsonl, text/csv;q=0.9", "application/x-ndjson")]
    [TestCase(Xlsx, Xlsx)]
    [TestCase("text/csv;q=0, application/json;q=0, */*", "application/x-ndjson")]
    public async Task An_export_has_other_formats(string accept, string type)
    {
        using var app = new App();
        (await Type(app, Export, accept)).ShouldBe(type);
    }

    [Test]
    public async Task A_tally_as_CSV_is_a_table_of_the_dictionary_with_a_tag_of_its_own()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "tally" });
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        foreach (
            var (path, query) in ((string, string)[])
                [
                    (Tally, ""),
                    ($"/v1/resolutions/{id}/tally", ""),
                    ($"/v1/resolutions/{id}/tally", "?counting=confirmed"),
                    (Tally, "?rule=simple-majority"),
                    (Tally, "?asOf=2026-06-01T00:00:00Z"),
                ]
        )
        {
            using var client = app.Viewer;
            using var json = await client.GetAsync(path + query);
            client.DefaultRequestHeaders.Accept.ParseAdd(Csv);
            using var csv = await client.GetAsync(path + query);
            csv.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8; header=present");
            csv.ETag().ShouldNotBe(json.ETag());
            foreach (var answer in (HttpResponseMessage[])[csv, json])
            {
                answer.Headers.Vary.ShouldContain("Accept");
                answer.Headers.Vary.ShouldContain("Authorization");
            }
            ShouldHaveTheValuesOf(await json.Json(), await csv.Content.ReadAsStringAsync());
            client.DefaultRequestHeaders.Add("If-None-Match", csv.ETag());
            using var again = await client.GetAsync(path + query);
            ((int)again.StatusCode).ShouldBe(304);
            again.ETag().ShouldBe(csv.ETag());
        }
    }

    private static void ShouldHaveTheValuesOf(System.Text.Json.Nodes.JsonNode tally, string csv)
    {
        var lines = csv.Split("\r\n");
        lines.Length.ShouldBe(3, csv);
        lines[2].ShouldBe("");
        var header = lines[0].Split(',');
        header.ShouldBe(
            VoteTracker.Features.Exports.Formats.Table.All.Single(t => t.Name == "tally").Columns.Select(c => c.Name)
        );
        // The sentence is the last column and may hold commas.
        var cells = lines[1].Split(',', header.Length);
        foreach (var (column, name) in header.Select((name, i) => (i, name)))
        {
            var value = name.StartsWith("quorum_", StringComparison.Ordinal)
                ? tally["quorum"]![name["quorum_".Length..]]
                : tally[Camel(name)];
            var text = value is null ? "" : value.ToString();
            cells[column].Trim('"').ShouldBe(text == value?.ToJsonString() ? text.ToLowerInvariant() : text, name);
        }
    }

    private static string Camel(string name) =>
        string.Concat(
            name.Split('_')
                .Select((word, i) => i == 0 ? word : char.ToUpper(word[0], CultureInfo.InvariantCulture) + word[1..])
        );

    private static async Task<string?> Type(App app, string path, string? accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept).ShouldBeTrue();
        }
        using var answer = await app.Anonymous.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200);
        return answer.Content.Headers.ContentType?.MediaType;
    }
}
