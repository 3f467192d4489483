using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace VoteTracker.Tests.Features.Exports;

public sealed class ColumnSelectionTests
{
    private const string RollCall = "/v1/resolutions/es-10-27/export/roll-call";

    [Test]
    public async Task Every_format_has_the_selected_columns_in_the_order_of_the_request()
    {
        using var app = new App();
        const string query = "?columns=vote_voeten,iso3, vote";

        var csv = await Exported.Csv(app.Anonymous, $"{RollCall}.csv{query}");
        var json = (await app.Anonymous.GetJson($"{RollCall}.json{query}")).AsArray();
        var lines = (await app.Anonymous.GetStringAsync($"{RollCall}.ndjson{query}")).TrimEnd('\n').Split('\n');
        var xlsx = await app.Anonymous.GetByteArrayAsync($"{RollCall}.xlsx{query}");

        csv.Header.ShouldBe(["vote_voeten", "iso3", "vote"]);
        csv.Row("iso3", "ZAF").Values.ShouldBe(["1", "ZAF", "yes"]);
        json.Count.ShouldBe(csv.Rows.Count);
        json.ShouldAllBe(row => string.Join(' ', row!.AsObject().Select(p => p.Key)) == "voteVoeten iso3 vote");
        lines[0].ShouldBe(json[0]!.ToJsonString());
        using var workbook = SpreadsheetDocument.Open(new MemoryStream(xlsx), isEditable: false);
        workbook
            .WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet!.Descendants<Row>())
            .First()
            .Elements<Cell>()
            .Select(cell => cell.InnerText)
            .ShouldBe(["vote_voeten", "iso3", "vote"]);
    }

    [TestCase("/v1/resolutions/{0}/export/stances")]
    [TestCase("/v1/resolutions/{0}/export/breakdown")]
    [TestCase("/v1/resolutions/{0}/export/co-sponsors")]
    [TestCase("/v1/resolutions/{0}/export/history")]
    [TestCase("/v1/resolutions/es-10-27/export/roll-call")]
    [TestCase("/v1/resolutions/es-10-27/export/breakdown")]
    [TestCase("/v1/export/roll-calls")]
    [TestCase("/v1/export/resolutions")]
    [TestCase("/v1/export/member-states")]
    public async Task All_columns_selected_by_name_are_the_whole_table(string path)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        path = string.Format(null, path, id);
        var whole = await app.Viewer.GetStringAsync($"{path}.csv");
        var columns = whole[..whole.IndexOf("\r\n", StringComparison.Ordinal)];

        (await app.Viewer.GetStringAsync($"{path}.csv?columns={columns}")).ShouldBe(whole);
        (await app.Viewer.GetStringAsync($"{path}.json?columns={columns}")).ShouldBe(
            await app.Viewer.GetStringAsync($"{path}.json")
        );
    }

    [Test]
    public async Task A_matrix_can_have_the_columns_of_some_resolutions()
    {
        using var app = new App();
        const string query = "?columns=es-10-27,iso3,es-11-1";

        var csv = await Exported.Csv(app.Anonymous, $"/v1/export/matrix.csv{query}");
        var json = (await app.Anonymous.GetJson($"/v1/export/matrix.json{query}")).AsArray();

        csv.Header.ShouldBe(["es-10-27", "iso3", "es-11-1"]);
        var row = json.Single(r => r!["iso3"]!.GetValue<string>() == "ZAF")!.AsObject();
        row.Select(p => p.Key).ShouldBe(["votes", "iso3"]);
        row["votes"]!
            .ToJsonString()
            .ShouldBe("""{"es-10-27":"yes","es-11-1":"abstain"}""", "the votes in the order of the request");
        // Venezuela is in neither roll call.
        var absent = csv.Row("iso3", "VEN");
        if (absent["es-11-1"].Length == 0)
        {
            json.Single(r => r!["iso3"]!.GetValue<string>() == "VEN")!["votes"]!["es-11-1"].ShouldBeNull();
        }
        using var wrong = await app.Anonymous.GetAsync("/v1/export/matrix.csv?columns=iso3,es-10-277");
        (await wrong.ShouldBeProblem(400, "columns"))["errors"]!["columns"]![0]!
            .GetValue<string>()
            .ShouldContain("did you mean es-10-27?");
    }

    [TestCase(
        "iso3,vot",
        "must be columns of the table; found 'vot'; did you mean vote? The known ones are resolution,"
    )]
    [TestCase("voteVoeten", "did you mean vote_voeten?")]
    [TestCase("iso3,vote,iso3", "must name each column once; 'iso3' is named twice")]
    [TestCase("iso3,,vote", "must be columns of the table; found ''")]
    [TestCase("", "must be columns of the table; found ''")]
    public async Task A_wrong_selection_is_rejected_with_the_reason(string columns, string reason)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"{RollCall}.csv?columns={columns}");
        (await answer.ShouldBeProblem(400, "columns"))["errors"]!["columns"]![0]!
            .GetValue<string>()
            .ShouldContain(reason);
    }

    [Test]
    public async Task A_hidden_resolution_is_not_found_whatever_the_columns()
    {
        using var app = new App();
        var id = await app.OpenDraft(new { visibility = "private" });
        using var answer = await app.Anonymous.GetAsync($"/v1/resolutions/{id}/export/stances.csv?columns=nothing");
        await answer.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_package_has_no_selection()
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync("/v1/resolutions/es-10-27/export.zip?columns=iso3");
        await answer.ShouldBeProblem(400, "columns");
    }
}
