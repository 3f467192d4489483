using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.Exports;

/// <summary>The formats of a table hold the same rows.</summary>
public sealed class ExportFormatsTests : ExportFixture
{
    [Test]
    public async Task The_formats_hold_the_same_rows()
    {
        var csv = await Exported.Csv(_app.Viewer, $"{_stances}.csv");
        var json = (await _app.Viewer.GetJson($"{_stances}.json")).AsArray();
        var lines = (await _app.Viewer.GetStringAsync($"{_stances}.ndjson")).TrimEnd('\n').Split('\n');

        json.Count.ShouldBe(193);
        lines.Length.ShouldBe(193);
        foreach (var ((row, node), line) in csv.Rows.Zip(json).Zip(lines))
        {
            var fields = node!.AsObject();
            JsonNode.DeepEquals(JsonNode.Parse(line), fields).ShouldBeTrue(line);
            fields
                .Select(f => f.Value?.ToString() ?? "")
                .ShouldBe(
                    csv.Header.Select(name =>
                        name == "note" ? VoteTracker.Endpoints.Tables.FreeText.Unguard(row[name]) : row[name]
                    )
                );
        }
        json.Single(row => row!["iso3"]!.GetValue<string>() == "NOR")!["note"]!.GetValue<string>().ShouldBe(Note);
        csv.Row("iso3", "NOR")["note"].ShouldBe("'" + Note);
    }

    [TestCase("text/csv", "text/csv")]
    [TestCase("application/json", "application/json")]
    [TestCase("application/x-ndjson", "application/x-ndjson")]
    [TestCase("application/json;q=0.5, application/x-ndjson", "application/x-ndjson")]
    [TestCase("text/html, */*", "text/csv")]
    [TestCase("image/png", "text/csv")]
    [TestCase(null, "text/csv")]
    [TestCase(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )]
    public async Task Without_an_ending_the_format_is_the_one_that_is_accepted(string? accept, string answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _stances);
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept).ShouldBeTrue();
        }
        using var client = _app.Viewer;
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(answered);
        answer.Headers.Vary.ShouldBe(["Accept", "Authorization", "Cookie"]);
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [TestCase(".exe", "format")]
    [TestCase(".CSV", "format")]
    [TestCase(".csv?asOf=2026-11-20", "asOf")]
    [TestCase(".csv?asOf=2036-11-20T00:00:00Z", "asOf")]
    [TestCase(".csv?asOf=yesterday", "asOf")]
    public async Task A_wrong_format_or_moment_is_a_400_that_names_it(string rest, string field)
    {
        using var answer = await _app.Viewer.GetAsync(_stances + rest);
        await answer.ShouldBeProblem(400, field);
    }

    [TestCase("stances")]
    [TestCase("breakdown")]
    [TestCase("co-sponsors")]
    [TestCase("history")]
    [TestCase("roll-call")]
    public async Task A_moment_before_the_resolution_is_a_404_and_a_future_one_a_400(string name)
    {
        var path = _stances.Replace("stances", name, StringComparison.Ordinal);
        using var before = await _app.Viewer.GetAsync($"{path}?asOf=2026-11-21T14:59:59Z");
        await before.ShouldBeProblem(404);
        using var future = await _app.Viewer.GetAsync($"{path}.json?asOf=2026-11-21T15:01:01Z");
        await future.ShouldBeProblem(400, "asOf");
        using var day = await _app.Viewer.GetAsync($"{path}.ndjson?asOf=2026-11-21");
        await day.ShouldBeProblem(400, "asOf");
    }

    [Test]
    public async Task A_table_without_rows_has_its_header()
    {
        var id = await _app.OpenDraft(symbol: "A/ES-10/L.35");
        var path = $"/v1/resolutions/{id}/export/history";
        var csv = await Exported.Csv(_app.Viewer, $"{path}.csv");
        csv.Header.Take(2).ShouldBe(["resolution", "iso3"]);
        csv.Rows.ShouldBeEmpty();
        (await _app.Viewer.GetJson($"{path}.json")).AsArray().ShouldBeEmpty();
        (await _app.Viewer.GetStringAsync($"{path}.ndjson")).ShouldBeEmpty();
        using var sheet = await Sheet($"{path}.xlsx");
        Rows(sheet).Count.ShouldBe(1);
    }

    [Test]
    public async Task HEAD_returns_the_headers_of_GET_without_a_body()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"{_stances}.csv");
        using var client = _app.Viewer;
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/csv");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }
}
