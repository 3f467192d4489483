using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Assignments are imported from a list.</summary>
[EveryEngine]
public sealed class ImportAssignmentsTests
{
    [Test]
    public async Task States_are_assigned_by_names()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/assignments";
        // A key has its label once it is made.
        using var coordinator = app.Coordinator;
        const string csv =
            "Country,Responsible,Region\nIvory Coast,coordinator,Africa\nNorway,me,Europe\nHoly See,Lobbyist,\nKenya,,\n";
        var tried = await app.Imported(path, csv, "?dryRun=true");
        (await app.Lobbyist.GetItems(path)).ShouldBeEmpty();
        var done = await app.Imported(path, csv, "?max=3");
        done.Changes()
            .ShouldBe(["2 CIV assignee:  → coordinator", "3 NOR assignee:  → lobbyist", "4 VAT assignee:  → lobbyist"]);
        tried.Changes().ShouldBe(done.Changes());
        (done.Int("lines"), done.Int("unchanged")).ShouldBe((4, 1));
        (await app.Lobbyist.GetItems(path))
            .Select(a => $"{a.Text("memberState")} {a.Text("assignee")}")
            .ShouldBe(["CIV coordinator", "NOR lobbyist", "VAT lobbyist"]);
        (await app.Imported(path, csv)).Changes().ShouldBeEmpty();
        (await app.Imported(OfStances(id), "Country,Vote,Owner\nNorway,yes?,coordinator\nSweden,,me\n", "?max=2"))
            .Changes()
            .ShouldBe([
                "2 NOR position: unknown → yes, certainty:  → leaning, evidence:  → second-hand, assignee: lobbyist → coordinator",
                "3 SWE assignee:  → lobbyist",
            ]);
        using var many = await app.Import(
            OfStances(id),
            "Country,Vote,Owner\nNorway,no,me\nSweden,,coordinator\n",
            "?max=1"
        );
        (await many.ShouldBeProblem(409)).Text("type").ShouldBe("/problems/too-many-changes");
    }

    [Test]
    public async Task Every_wrong_line_is_named_and_nothing_changes()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = $"/v1/resolutions/{id}/assignments";
        using var made = await app.Admin.Send(
            HttpMethod.Post,
            "/v1/api-keys",
            new { label = "gone", role = "lobbyist" }
        );
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{(await made.Json()).Text("id")}");
        revoked.EnsureSuccessStatusCode();
        using var answer = await app.Import(
            path,
            "Country,Assignee\nNorway,nobody\nSweden,gone\nCongo,me\nDenmark,me\nDanemark,me\nYugoslavia,me\n"
        );
        (await answer.WrongLines()).ShouldBe([
            "line 2, assignee: must be me, or the label of a valid key; found 'nobody'",
            "line 3, assignee: must be the label of a valid key; the key 'gone' was revoked",
            "line 4, member_state ('country'): must name one state; 'Congo' can be Congo (COG) or Democratic Republic of the Congo (COD)",
            "line 6, member_state ('country'): must be unique; DNK is also on line 5",
            "line 7, member_state ('country'): must name a member of today or an observer; found 'Yugoslavia'",
        ]);
        (await app.Lobbyist.GetItems(path)).ShouldBeEmpty();
        using var header = await app.Import(path, "Country,Vote\nNorway,yes\n");
        await header.ShouldBeProblem(400, "header");
    }
}
