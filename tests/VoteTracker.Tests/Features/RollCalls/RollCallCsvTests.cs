using System.Text;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Endpoints;

namespace VoteTracker.Tests.Features.RollCalls;

public sealed class RollCallCsvTests
{
    private const string Rest = "?recordedOn=2026-11-21&missing=non-voting";

    [Test]
    public async Task A_table_saved_by_a_spreadsheet_is_read()
    {
        using var app = new App();
        var drafts = 0;
        await Each.Run(
            (string[])
                [
                    "iso3,vote\nNOR,yes\nSWE,no\nDNK,abstain\nFIN,non-voting\n",
                    "iso3,vote\r\nNOR,yes\r\nSWE,no\r\nDNK,abstain\r\nFIN,non-voting\r\n",
                    "iso3,vote\nNOR,yes\nSWE,no\nDNK,abstain",
                    "\"iso3\",\"vote\"\n\"NOR\",\"yes\"\nSWE,\"no\"\n\"DNK\",abstain\n",
                    "iso3;vote\nNOR;yes\nSWE;no\nDNK;abstain\n",
                    "vote,iso3\nyes,NOR\nno,SWE\nabstain,DNK\n",
                    "ISO3,Vote\nNOR,yes\nSWE,no\nDNK,abstain\n",
                    "iso3, vote\n NOR , yes \nSWE, no\nDNK, abstain\n",
                    "iso3,vote,intended\nNOR,yes,\nSWE,no,yes\nDNK,abstain,\n",
                    "iso3,vote\n\nNOR,yes\n\nSWE,no\nDNK,abstain\n\n",
                ],
            async csv =>
            {
                foreach (
                    var mark in (byte[][])
                        [
                            [],
                            [0xEF, 0xBB, 0xBF],
                        ]
                )
                {
                    var draft = await app.OpenDraft(symbol: $"A/ES-10/T.{++drafts}");
                    using var answer = await Put(app, draft, [.. mark, .. Encoding.UTF8.GetBytes(csv)], Rest);
                    var rollCall = await answer.Json();
                    ((int)answer.StatusCode).ShouldBe(201, rollCall.ToJsonString());
                    rollCall["totals"]!.ToJsonString().ShouldBe("""{"yes":1,"no":1,"abstain":1,"nonVoting":190}""");
                    var sweden = rollCall["votes"]!
                        .AsArray()
                        .Single(v => v!["memberState"]!.GetValue<string>() == "SWE");
                    sweden!
                        ["intended"]
                        ?.GetValue<string>()
                        .ShouldBe(csv.Contains("intended", StringComparison.Ordinal) ? "yes" : null);
                }
            }
        );
    }

    [Test]
    public async Task Errors_are_named_with_their_lines_and_nothing_changes()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            ((string, string, string)[])
                [
                    ("iso3,vote\nNOR,maybe\n", "lines", "line 2"),
                    ("iso3,vote\nNOR,yes\nSWE,YES\n", "lines", "line 3"),
                    ("iso3,vote\r\nNOR,yes\r\nSWE,1\r\n", "lines", "line 3"),
                    ("iso3,vote,intended\nNOR,,yes\n", "lines", "line 2, vote"),
                    ("iso3,vote\nNOR,NA\n", "lines", "NA"),
                    ("iso3,vote,iso2\nNOR,yes,SE\n", "lines", "line 2, iso2: contradicts iso3 NOR"),
                    ("iso3,vote,un_name\nTUR,yes,TÃœRKÄ°YE\n", "lines", "line 2, un_name: was damaged"),
                    ("iso3,vote\n,yes\n", "lines", "line 2"),
                    ("iso3,vote\nNOR,yes,extra\n", "lines", "line 2"),
                    ("iso3,vote,intended\nNOR,yes,maybe\n", "lines", "line 2"),
                    ("iso3,vote\nNOR,yes\nSWE,\"yes\n", "lines", "line 3"),
                    ("iso3,vote\nNOR,yes\nSWE,\"yes\"x\n", "lines", "line 3"),
                    ("iso3,vote\nNOR,yes\nNOR,no\n", "votes", "NOR"),
                    ("iso3,vote\nXXX,yes\n", "votes", "XXX"),
                    ("iso3,vote\nnorway,yes\n", "votes", "norway"),
                    ("iso3,vote\nVAT,yes\n", "votes", "an observer has no vote; remove: VAT"),
                    ("iso3,vote\nN\0R,yes\n", "votes", "no member"),
                    ("country,vote\nNOR,yes\n", "header", "iso3"),
                    ("iso3,comment\nNOR,x\n", "header", "the column vote"),
                    ("iso3\nNOR\n", "header", "the column vote"),
                    ("iso3,vote,vote\nNOR,yes,yes\n", "header", "repeated: vote"),
                    ("NOR,yes\n", "header", "the column iso3"),
                    ("\n", "header", "is empty"),
                    ("", "header", "is empty"),
                    ("\"iso3,vote\nNOR,yes\n", "lines", "line 1"),
                    ("{\"recordedOn\": \"2026-11-21\"}", "lines", "line 1"),
                ],
            async wrong =>
            {
                var (csv, field, named) = wrong;
                var before = await State(app, draft);
                using var answer = await Put(app, draft, Encoding.UTF8.GetBytes(csv), Rest);
                var problem = await answer.ShouldBeProblem(400, field);
                problem["errors"]![field]!.ToJsonString().ShouldContain(named);
                (await State(app, draft)).ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task Every_wrong_line_is_named_a_hundred_at_most()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var three = await Put(app, draft, "iso3,vote\nNOR,x\nSWE,yes\n,no\nFIN,y,z\n"u8.ToArray(), "");
        var problem = await three.ShouldBeProblem(400, "lines", "recordedOn");
        problem["errors"]!.AsObject().Count.ShouldBe(2, "no fault is listed twice");
        problem["errors"]!["lines"]!
            .AsArray()
            .Select(l => l!.GetValue<string>())
            .ShouldBeInAnyOrder([
                "line 2, vote: must be one of yes, no, abstain, non-voting; found 'x'",
                "line 4, iso3: is empty; it must be the code of the state that voted",
                "line 5: has the value 'z' outside the header's 2 columns",
            ]);
        var many = "iso3,vote\n" + string.Concat(Enumerable.Repeat("NOR,x\n", 900));
        using var all = await Put(app, draft, Encoding.UTF8.GetBytes(many), Rest);
        (await all.ShouldBeProblem(400, "lines"))["errors"]!["lines"]!.AsArray().Count.ShouldBe(100);
    }

    [Test]
    public async Task Bytes_that_are_not_text_are_rejected()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var latin = await Put(app, draft, [.. "iso3,vote\nNOR,yes"u8, 0xE9, (byte)'\n'], Rest);
        await latin.ShouldBeProblem(400, "body");
        using var utf16 = await Put(
            app,
            draft,
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("iso3,vote\nNOR,yes\n")],
            Rest
        );
        await utf16.ShouldBeProblem(400, "body");
        using var zip = await Put(app, draft, [0x50, 0x4B, 3, 4, 0, 0, 0xFF, 0xFE], Rest);
        await zip.ShouldBeProblem(400, "body");
    }

    [Test]
    public async Task The_day_goes_in_the_query()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Each.Run(
            (string[])
                [
                    "",
                    "?recordedOn=",
                    "?recordedOn=21.11.2026",
                    "?recordedOn=2026-11-22&missing=non-voting",
                    "?recordedOn=2026-11-20&recordedOn=2026-11-21",
                ],
            async query =>
            {
                using var answer = await Put(app, draft, "iso3,vote\nNOR,yes\n"u8.ToArray(), query);
                await answer.ShouldBeProblem(400, "recordedOn");
            }
        );
    }

    [Test]
    public async Task The_status_from_the_Assembly_and_the_charset_are_accepted()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var answer = await Put(
            app,
            draft,
            "iso3,vote\nNOR,yes\n"u8.ToArray(),
            Rest + "&status=not-adopted",
            "text/csv; charset=utf-8; header=present"
        );
        ((int)answer.StatusCode).ShouldBe(201);
        (await answer.Json())["status"]!.GetValue<string>().ShouldBe("not-adopted");
        using var type = await Put(app, draft, "iso3,vote\nNOR,yes\n"u8.ToArray(), Rest, "text/plain");
        await type.ShouldBeProblem(415);
        using var sheet = await Put(app, draft, [0x50, 0x4B], Rest, "application/vnd.ms-excel");
        await sheet.ShouldBeProblem(415);
    }

    [Test]
    public async Task The_record_of_the_service_is_unchanged_after_export_and_import()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var record = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        var csv = new StringBuilder("iso3,vote\r\n");
        foreach (var vote in record["votes"]!.AsArray())
        {
            csv.Append(null, $"{vote!["memberState"]},{vote["vote"]}\r\n");
        }
        using var answer = await Put(app, draft, Encoding.UTF8.GetBytes(csv.ToString()), "?recordedOn=2025-06-12");
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        json["totals"]!.ToJsonString().ShouldBe(record["totals"]!.ToJsonString());
        json["votes"]!.ToJsonString().ShouldBe(record["votes"]!.ToJsonString());
    }

    [Test]
    public async Task The_exported_roll_call_can_be_imported()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var export = await app.Anonymous.GetByteArrayAsync("/v1/resolutions/es-10-27/export/roll-call.csv");
        using var answer = await Put(app, draft, export, "?recordedOn=2025-06-12");
        var json = await answer.Json();
        ((int)answer.StatusCode).ShouldBe(201, json.ToJsonString());
        json["ignoredColumns"]!.AsArray().ShouldBeEmpty();
        var record = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        json["votes"]!.ToJsonString().ShouldBe(record["votes"]!.ToJsonString());
    }

    [Test]
    public async Task A_row_without_a_vote_names_no_member()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var csv = "iso3,vote,intended\nNOR,yes,\nSWE,,\nPSE\n"u8.ToArray();
        using var missing = await Put(app, draft, csv, "?recordedOn=2026-11-21");
        (await missing.ShouldBeProblem(400, "votes")).Text("detail")!.ShouldContain("SWE");
        using var answer = await Put(app, draft, csv, Rest);
        (await answer.Json())["totals"]!.ToJsonString().ShouldBe("""{"yes":1,"no":0,"abstain":0,"nonVoting":192}""");
    }

    private static Task<HttpResponseMessage> Put(
        App app,
        string draft,
        byte[] csv,
        string query,
        string contentType = "text/csv"
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/v1/resolutions/{draft}/roll-call{query}")
        {
            Content = new ByteArrayContent(csv),
        };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType).ShouldBeTrue();
        request.Headers.TryAddWithoutValidation("If-Match", "*").ShouldBeTrue();
        return app.Coordinator.SendAsync(request);
    }

    private static async Task<string> State(App app, string draft) =>
        (await app.Admin.GetJson($"/v1/resolutions/{draft}")).ToJsonString()
        + (await app.Admin.GetJson("/v1/changes?limit=1000"))["items"]!.AsArray().Count;
}
