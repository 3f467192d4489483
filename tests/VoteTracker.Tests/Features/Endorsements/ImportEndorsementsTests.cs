using System.Globalization;
using System.Text;
using VoteTracker.Tests.Endpoints.Tables;
using VoteTracker.Tests.Features.Lists;

namespace VoteTracker.Tests.Features.Endorsements;

[EveryEngine]
public sealed class ImportEndorsementsTests
{
    private const string Path = "/v1/endorsements";

    [Test]
    public async Task A_list_adds_endorsements_and_changes_those_that_it_names()
    {
        using var app = new App();
        await app.Lobbyist.Endorse("Union of Nurses", new { memberState = "KEN", url = "https://old.example" });
        const string csv = """
            Organization,Country,Type,Languages,Website,Date,Published,Hotel
            UNION OF  NURSES,Kenya,Union,"en, sw",,2026-11-20,,x
            '=Formula League,,students,fr,https://league.example,,yes,
            Union of Nurses,,,,,,no,
            Cooperative,DR Congo,company,,,,x,
            """;
        var tried = await app.Imported(Path, csv, "?dryRun=true");
        tried.Flag("dryRun").ShouldBe(true);
        (await app.Viewer.Organisations()).ShouldBe(["Union of Nurses"]);
        var done = await app.Imported(Path, csv);
        done.Changes().ShouldBe(tried.Changes());
        done.Changes()
            .ShouldBe([
                "2 KEN organisation: Union of Nurses → UNION OF  NURSES, kind:  → trade-union, languages:  → en sw, signed_on:  → 2026-11-20",
                "3  organisation:  → =Formula League, kind:  → youth, languages:  → fr, url:  → https://league.example, public:  → yes",
                "4  organisation:  → Union of Nurses, public:  → no",
                "5 COD member_state:  → COD, organisation:  → Cooperative, kind:  → business, public:  → yes",
            ]);
        (done.Int("lines"), done.Int("added"), done.Int("unchanged")).ShouldBe((4, 3, 0));
        done["ignoredColumns"]!.AsArray().Select(c => c!.Text("column")).ShouldBe(["hotel"]);
        var all = await app.Viewer.GetItems(Path);
        all.Select(e =>
                $"{e.Text("organisation")} {e.Text("memberState")} {e.Text("url")} {e.Flag("public")} {e.Version()}"
            )
            .ShouldBe(
                [
                    "Cooperative COD  True 1",
                    "=Formula League  https://league.example True 1",
                    "UNION OF  NURSES KEN https://old.example True 2",
                    "Union of Nurses   False 1",
                ],
                "an empty cell keeps the field, and a new endorsement is not public unless the list says so"
            );
        (await app.Imported(Path, csv)).Int("unchanged").ShouldBe(4);
        (await app.Viewer.GetItems("/v1/changes?since=1h")).Count(c => c.Text("kind") == "endorsement").ShouldBe(5);
    }

    [Test]
    public async Task Every_wrong_line_is_named_and_nothing_is_imported()
    {
        using var app = new App();
        using var answer = await app.Import(
            Path,
            """
            organisation,member_state,kind,languages,url,signed_on,public,resolution
            ,Norway,,,,,yes,
            A,Congo,,,,,yes,
            B,Norway,club,,,,yes,
            C,Norway,,English,,,yes,
            D,Norway,,,javascript:alert(1),,yes,
            E,Norway,,,,1944-12-31,yes,
            F,Norway,,,,tomorrow,yes,
            G,Norway,,,,,perhaps,
            H,Norway,,,,,yes,es-10-none
            I,Soviet Union,,,,,yes,
            J,Norway,,,,,yes,
            j.,Norway,,,,,yes,
            #REF!,Norway,,,,,yes,
            """
        );
        (await answer.WrongLines()).ShouldBe([
            "line 2, organisation: is required",
            "line 3, member_state: must name one state; 'Congo' can be Congo (COG) or Democratic Republic of the Congo (COD)",
            "line 4, kind: must be one of trade-union, religious, academic, professional, youth, women, human-rights, humanitarian, environmental, cultural, business, local-government, political, other; found 'club'",
            "line 5, languages: must be tags of languages (BCP 47), such as en, fr or pt-BR, separated by blanks; found 'English'",
            "line 6, url: must be an address that begins with https:// or http://",
            "line 7, signed_on: must be a day from 1945-01-01 to 2026-11-22, tomorrow in New York; found 1944-12-31",
            "line 8, signed_on: must be a day such as 2026-11-21; found 'tomorrow'",
            "line 9, public: must be one of yes, no; found 'perhaps'",
            "line 10, resolution: must be the id of a resolution, or empty; found 'es-10-none'",
            "line 11, member_state: must name a member of today or an observer; found 'Soviet Union'",
            "line 13, organisation: must be unique for its state; it is also on line 12",
            "line 14, organisation: must not be '#REF!', which programs write for a missing value; leave the cell empty",
        ]);
        (await app.Viewer.Organisations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_file_with_too_many_rows_is_rejected_at_once()
    {
        using var app = new App();
        foreach (var (rows, status) in ((int, int)[])[(5_001, 400), (100_000, 413)])
        {
            var csv = new StringBuilder("organisation\n");
            for (var i = 0; i < rows; i++)
            {
                csv.Append(CultureInfo.InvariantCulture, $"Association {i:000000}\n");
            }
            using var answer = await app.Import(Path, csv.ToString());
            var problem = await answer.ShouldBeProblem(status);
            if (status == 400)
            {
                problem.ToJsonString().ShouldContain("line 5002");
            }
        }
        (await app.Viewer.Organisations()).ShouldBeEmpty();
        using var missing = await app.Import(Path, "iso3,kind\nNOR,youth\n");
        (await missing.ShouldBeProblem(400)).ToJsonString().ShouldContain("must have the column organisation");
    }

    [Test]
    public async Task Thousands_of_endorsements_are_one_import_and_their_sums_are_right()
    {
        using var app = new App();
        string[] states = ["KEN", "NOR", "ZAF", "BRA", ""];
        var csv = new StringBuilder("organisation,iso3,kind,public\n");
        for (var i = 0; i < 2_000; i++)
        {
            csv.Append(
                CultureInfo.InvariantCulture,
                $"Association {i},{states[i % 5]},youth,{(i % 2 == 0 ? "yes" : "no")}\n"
            );
        }
        (await app.Imported(Path, csv.ToString())).Int("added").ShouldBe(2_000);
        var sums = await app.Viewer.GetJson($"{Path}/summary");
        (sums.Int("total"), sums.Int("public"), sums.Int("withoutState")).ShouldBe((2_000, 1_000, 400));
        sums["states"]!.AsArray().ShouldAllBe(state => state!.Int("count") == 400);
        (await app.Imported(Path, csv.ToString())).Int("unchanged").ShouldBe(2_000);
    }

    [Test]
    public async Task An_import_conflicts_with_a_change_since_its_dry_run()
    {
        using var app = new App();
        const string csv = "organisation,iso3,kind\nUnion,NOR,youth\nInternational,,youth\n";
        foreach (var state in (string?[])["NOR", null])
        {
            using var dry = await app.Import(Path, csv, "?dryRun=true");
            var tag = dry.Headers.ETag!.ToString();
            await app.Lobbyist.Endorse($"Another {state}", new { memberState = state });
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/import")
            {
                Content = new StringContent(csv, Encoding.UTF8, "text/csv"),
            };
            request.Headers.TryAddWithoutValidation("If-Match", tag).ShouldBeTrue();
            using var answer = await app.Lobbyist.SendAsync(request);
            var problem = await answer.ShouldBeProblem(412);
            problem["lines"]!.AsArray().ShouldHaveSingleItem()!.Int("line").ShouldBe(state is null ? 3 : 2);
        }
    }

    [Test]
    public async Task A_workbook_is_read_like_a_text_file()
    {
        using var app = new App();
        var workbook = WorkbookBuilder.Of([
            ["Name of organisation", "Country", "Signed on", "Published"],
            ["League", "Norway", "2026-11-20", "yes"],
        ]);
        (await app.Imported(Path, workbook)).Int("added").ShouldBe(1);
        (await app.Anonymous.Organisations()).ShouldBe(["League"]);
    }
}
