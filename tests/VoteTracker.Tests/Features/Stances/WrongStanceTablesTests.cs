using System.Text;
using VoteTracker.Features.Stances;
using VoteTracker.Tests.Endpoints;
using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Stances.StanceNotes;

namespace VoteTracker.Tests.Features.Stances;

/// <summary>A wrong table of stances gets messages with the values found.</summary>
public sealed class WrongStanceTablesTests
{
    [Test]
    public async Task Each_fault_has_one_message_with_the_value_found()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        const string words = "must be one of unknown, yes, no, abstain, absent, undecided;";
        const string certainties = "must be one of confirmed, likely, leaning;";
        const string evidence = "must be one of public-statement, note-verbale, meeting, call, second-hand, past-vote;";
        const string header = "iso3,position,certainty,evidence,evidence_url,note";
        await Each.Run(
            ((string, string[])[])
                [
                    ("AFG,TRUE,likely,call,,", [$"position: {words} found 'TRUE'"]),
                    ("AFG,“yes”,likely,call,,", [$"position: {words} found '“yes”'"]),
                    ("AFG,y\u200Bes,likely,call,,", [$"position: {words} found 'y\\u200Bes'"]),
                    (
                        "AFG,,likely,call,,",
                        [
                            $"position: {words} it is empty, and no position is recorded that the row can belong to: write ? for undecided, or leave the other cells empty",
                        ]
                    ),
                    (
                        "AFG,unknown,NA,NA,,",
                        [$"certainty: {certainties} found 'NA'", $"evidence: {evidence} found 'NA'"]
                    ),
                    ("AFG,NA,NA,NA,NA,NA", [$"position: {words} found 'NA'"]),
                    ("AFG,yes,likely,fax,,", [$"evidence: {evidence} found 'fax'"]),
                    ("NOR,yes,sincere,meeting,,", [$"certainty: {certainties} found 'sincere'"]),
                    (
                        "NOR,no,likely,call,javascript:alert(1),",
                        [
                            "evidence_url: must be an address that begins with https:// or http://; found 'javascript:alert(1)'",
                        ]
                    ),
                    ("NOR,unknown,,,,a note", ["note: must be empty where position is unknown"]),
                    (
                        "PSE,yes,likely,call,,",
                        ["iso3: must be the code of a member; PSE is an observer, and an observer has no vote"]
                    ),
                    ("YUG,yes,likely,call,,", ["iso3: must be the code of a member of today; YUG is a former member"]),
                    (
                        "norway,yes,likely,call,,",
                        ["iso3: must be the code of a member of today, ISO 3166-1 alpha-3; found 'norway'"]
                    ),
                    (
                        ",yes,likely,call,,",
                        ["iso3: must be the code of a member of today, ISO 3166-1 alpha-3; it is empty"]
                    ),
                ],
            async wrong =>
            {
                var (row, messages) = wrong;
                using var answer = await app.Coordinator.ImportStances(id, $"{header}\n{row}\n");
                var lines = await answer.WrongLines();
                // In a row of placeholders each cell has its own error.
                lines.Take(messages.Length).ShouldBe(messages.Select(message => $"line 2, {message}"));
                if (!row.Contains("NA,NA,NA", StringComparison.Ordinal))
                {
                    lines.Count.ShouldBe(messages.Length, string.Join('\n', lines));
                }
                lines.Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)]).ShouldBeUnique();
            }
        );
    }

    [Test]
    public async Task A_table_damaged_by_a_wrong_encoding_is_rejected()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Note(app, id, "ARG", "coût élevé");
        var export = await app.Coordinator.GetStringAsync($"/v1/resolutions/{id}/export/stances.csv");
        // As a spreadsheet reads a file without a byte order mark, and saves it as UTF-8.
        var damaged = Windows1252(export);
        using var answer = await app.Coordinator.ImportStances(id, $"\uFEFF{damaged}");
        var lines = await answer.WrongLines();
        lines.ShouldContain(line =>
            line.EndsWith(
                "note: was damaged by a wrong encoding at 'coÃ»t Ã©levÃ©'; open the original file as UTF-8 and edit it again",
                StringComparison.Ordinal
            )
        );
        lines.ShouldContain(line =>
            line.Contains("un_name: was damaged by a wrong encoding; found 'TÃœRKÄ°YE'", StringComparison.Ordinal)
        );
        (await app.Viewer.GetJson($"/v1/resolutions/{id}/stances/ARG")).Text("note").ShouldBe("coût élevé");
        using var lossy = await app.Coordinator.ImportStances(
            id,
            Encoding.UTF8.GetBytes("iso3,position,certainty,evidence,note\nARG,yes,likely,call,co\uFFFDt\n")
        );
        (await lossy.WrongLines()).ShouldHaveSingleItem().ShouldStartWith("line 2, note: was damaged");
    }

    [Test]
    public async Task A_row_that_contradicts_its_code_is_rejected()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await Each.Run(
            ((string, string)[])
                [
                    ("iso2\nNOR,yes,likely,call,SE", "iso2: contradicts iso3 NOR, which is NORWAY; found 'SE'"),
                    ("m49\nNOR,yes,likely,call,752", "m49: contradicts iso3 NOR, which is NORWAY; found '752'"),
                    (
                        "un_name\nNOR,yes,likely,call,SWEDEN",
                        "un_name: contradicts iso3 NOR, which is NORWAY; found 'SWEDEN'"
                    ),
                    (
                        "un_name\nTUR,yes,likely,call,T?RK?YE",
                        "un_name: contradicts iso3 TUR, which is TÜRKİYE; found 'T?RK?YE'"
                    ),
                ],
            async wrong =>
            {
                using var answer = await app.Coordinator.ImportStances(
                    id,
                    $"iso3,position,certainty,evidence,{wrong.Item1}\n"
                );
                (await answer.WrongLines()).ShouldBe([$"line 2, {wrong.Item2}"]);
            }
        );
        using var taken = await app.Coordinator.ImportStances(
            id,
            """
            iso3,position,certainty,evidence,iso2,m49,un_name
            NAM,yes,likely,call,,516,Namibia
            AFG,yes,likely,call,af,4.0,Afganistán
            CIV,yes,likely,call,CI,384,CÔTE D’IVOIRE

            """
        );
        (await Done(taken)).Field("changes")!.AsArray().Count.ShouldBe(3);
    }

    [Test]
    public async Task A_file_without_an_editable_column_is_rejected()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (
            var csv in (string[])
                ["iso3,reason\nNOR,they telephoned\n", "iso3,nots\nNOR,x\n", "iso3,vote_undl\nNOR,yes\n"]
        )
        {
            using var answer = await app.Coordinator.ImportStances(id, csv);
            (await answer.ShouldBeProblem(400, "header"))
                .Text("detail")
                .ShouldBe(
                    $"header must have a column that can change something: {string.Join(", ", StanceSheet.Changing)}"
                );
        }
        using var close = await app.Coordinator.ImportStances(id, "iso_3,position\nNOR,yes\n");
        (await close.ShouldBeProblem(400, "header")).Text("detail")!.ShouldContain("column iso3; found 'iso_3'");
    }

    // Windows-1252 without the five bytes that it does not define.
    private static string Windows1252(string text)
    {
        const string upper = "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ";
        return string.Concat(
            Encoding
                .UTF8.GetBytes(text)
                .Select(b => b is < 0x80 or >= 0xA0 ? (char)b : upper[b - 0x80])
                .Where(c => c != '\0')
        );
    }
}
