using System.Globalization;
using System.Text;
using VoteTracker.Tests.Endpoints;
using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>A wrong list is refused with its lines, columns and values, and changes nothing.</summary>
[EveryEngine]
public sealed class WrongListsTests
{
    [Test]
    public async Task A_list_with_40_wrong_lines_names_all_40()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var members = await app.Anonymous.GetItems("/v1/member-states?limit=1000");
        var before = await app.ReadAll(id);
        var csv = new StringBuilder("Country,Vote,How sure\n");
        foreach (var (i, member) in members.Index())
        {
            // Three wrong cells in each of 40 lines.
            csv.AppendLine(
                i % 5 == 0 && i < 200 ? $"Atlantis {i},perhaps so,dunno" : $"{member.Text("iso3")},yes,firm"
            );
        }
        var wrong = members.Index().Where(m => m.Index % 5 == 0).Select(m => m.Index + 2).ToList();
        wrong.Count.ShouldBe(39);
        csv.AppendLine("Atlantis,no,firm");
        wrong.Add(members.Count + 2);

        using var answer = await app.Import(OfStances(id), csv.ToString());

        (await answer.WrongLines())
            .Select(line => int.Parse(line.Split(' ', ',')[1], CultureInfo.InvariantCulture))
            .Distinct()
            .ShouldBe(wrong);
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task Each_wrong_line_is_named_with_its_column_and_value()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "NOR", "yes");
        var before = await app.ReadAll(id);
        const string any = "must be the name or code of a state";
        const string words = "must be one of unknown, yes, no, abstain, absent, undecided";
        await Each.Run(
            ((string Csv, string[] Lines)[])
                [
                    (
                        "Country,Vote\nCongo,yes\n",
                        [
                            "line 2, member_state ('country'): must name one state; 'Congo' can be Congo (COG) or Democratic Republic of the Congo (COD)",
                        ]
                    ),
                    (
                        "Country,Vote\nKorea,yes\n",
                        [
                            "line 2, member_state ('country'): must name one state; 'Korea' can be Republic of Korea (KOR) or Democratic People's Republic of Korea (PRK)",
                        ]
                    ),
                    (
                        "member_state,position\nNorwai,yes\nAtlantis,yes\nRepublic,no\n,yes\n",
                        [
                            $"line 2, member_state: {any}; found 'Norwai'; did you mean Norway (NOR)?",
                            $"line 3, member_state: {any}; found 'Atlantis'",
                            $"line 4, member_state: {any}; found 'Republic'",
                            $"line 5, member_state: {any}; it is empty",
                        ]
                    ),
                    (
                        "Country,Vote\nNorway,yes\nSweden,no\nNorge,no\nNORVÈGE,no\n",
                        [
                            $"line 4, member_state ('country'): {any}; found 'Norge'; did you mean Norway (NOR)?",
                            "line 5, member_state ('country'): must be unique; NOR is also on line 2",
                        ]
                    ),
                    (
                        "iso3,member_state,position\nNOR,Sweden,no\nSWE,Suède,no\n",
                        ["line 2, member_state: contradicts iso3 NOR, which is NORWAY; found 'Sweden'"]
                    ),
                    (
                        "iso2,m49,position\nNO,752,no\nSE,752,no\nXX,,no\n",
                        [
                            "line 2, m49: contradicts iso2 'NO', which is NORWAY; found '752'",
                            "line 4, iso2: must be a code of ISO 3166-1 alpha-2; found 'XX'",
                        ]
                    ),
                    (
                        "Country,Vote\nHoly See,yes\nSoviet Union,yes\n",
                        [
                            "line 2, member_state ('country'): must be the code of a member; VAT is an observer, and an observer has no vote",
                            "line 3, member_state ('country'): must be the code of a member of today; SUN is a former member",
                        ]
                    ),
                    (
                        "Country,Vote,How sure\nNorway,yay,firm\nSweden,-,\nDenmark,yes?,firm\nFinland,no,100 %\n",
                        [
                            $"line 2, position ('vote'): {words}; found 'yay'",
                            $"line 3, position ('vote'): {words}; found '-'",
                            "line 4, certainty ('how sure'): contradicts the position, which says leaning; found 'confirmed'",
                            "line 5, certainty ('how sure'): must be one of confirmed, likely, leaning; found '100 %'",
                        ]
                    ),
                    (
                        "Country,Vote\nCÃ´te d'Ivoire,yes\n",
                        [
                            "line 2, member_state ('country'): was damaged by a wrong encoding; found 'CÃ´te d'Ivoire'; open the original file as UTF-8 and edit it again",
                        ]
                    ),
                ],
            async wrong =>
            {
                foreach (var query in (string[])["?dryRun=true", ""])
                {
                    using var answer = await app.Import(OfStances(id), wrong.Csv, query);
                    (await answer.WrongLines()).ShouldBe(wrong.Lines);
                }
            }
        );
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task A_list_that_changes_more_than_max_is_refused()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        await app.Lobbyist.RecordStance(id, "DNK", "yes");
        var before = await app.ReadAll(id);
        const string csv = "Country,Vote\nNorway,yes\nSweden,no\nDenmark,yes\n";
        foreach (var query in (string[])["?max=1", "?max=1&dryRun=true", "?max=0"])
        {
            using var answer = await app.Import(OfStances(id), csv, query);
            var problem = await answer.ShouldBeProblem(409);
            problem.Text("type").ShouldBe("/problems/too-many-changes");
            problem.Text("detail")!.ShouldContain("2 lines of the list change something, and max allows");
        }
        using var wrong = await app.Import(OfStances(id), csv, "?max=many");
        await wrong.ShouldBeProblem(400, "max");
        (await app.ReadAll(id)).ShouldBe(before);
        (await app.Imported(OfStances(id), csv, "?max=2")).Changes().Count().ShouldBe(2);
    }

    [Test]
    public async Task A_file_of_200_MB_is_a_413([Values("csv", "xlsx")] string format)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var before = await app.ReadAll(id);
        var file = new byte[200 * 1024 * 1024];
        Encoding.UTF8.GetBytes(format == "csv" ? "Country,Vote\n" : "PK\u0003\u0004").CopyTo(file, 0);
        foreach (var address in (string[])[OfStances(id), $"/v1/resolutions/{id}/co-sponsors", "/v1/contacts"])
        {
            using var answer = await app.Import(address, file);
            await answer.ShouldBeProblem(413);
        }
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task A_list_for_a_resolution_that_does_not_exist_or_was_voted_on_is_refused()
    {
        using var app = new App();
        const string csv = "Country,Vote\nNorway,yes\n";
        using var none = await app.Import(OfStances("es-10-l-99"), csv);
        await none.ShouldBeProblem(404);
        using var over = await app.Import(OfStances("es-10-27"), csv);
        (await over.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/vote-is-over");
        using var sponsors = await app.Import(
            "/v1/resolutions/es-10-l-99/co-sponsors",
            "Country,Status\nNorway,signed\n"
        );
        await sponsors.ShouldBeProblem(404);
    }
}
