using System.Globalization;
using Dapper;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>The Library's file becomes resolutions with their roll calls.</summary>
[EveryEngine]
public sealed class ImportRollCallsTests
{
    [Test]
    public async Task Every_roll_call_counts_to_the_totals_of_its_own_lines()
    {
        using var app = new App();
        var file = new VotingFile();
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        (report.Int("lines"), report.Int("texts"), report.Int("votes")).ShouldBe((958, 5, 957));
        (report.Int("sessionsAdded"), report.Int("textsAdded"), report.Int("textsChanged")).ShouldBe((1, 3, 2));

        var texts = file.Lines.Skip(1).GroupBy(l => l.Split(',')[6], StringComparer.Ordinal).ToList();
        texts.Count.ShouldBe(5);
        foreach (var text in texts)
        {
            var id = text.Key["A/RES/".Length..].ToLowerInvariant().Replace('/', '-');
            var rollCall = await app.Anonymous.GetJson($"/v1/resolutions/{id}/roll-call");
            var tail = text.First().Split(',')[^6..];
            var totals = rollCall["totals"]!;
            new[]
            {
                totals.Int("yes"),
                totals.Int("no"),
                totals.Int("abstain"),
                totals.Int("nonVoting"),
                rollCall["votes"]!.AsArray().Count,
            }.ShouldBe(tail[..5].Select(t => int.Parse(t, CultureInfo.InvariantCulture)));
            foreach (var line in text.Select(l => l.Split(',')))
            {
                rollCall["votes"]!
                    .AsArray()
                    .Single(v => v!.Text("memberState") == line[1])!
                    .Text("vote")
                    .ShouldBe(
                        line[3] switch
                        {
                            "Y" => "yes",
                            "N" => "no",
                            "A" => "abstain",
                            _ => "non-voting",
                        }
                    );
            }
        }
    }

    [Test]
    public async Task A_roll_call_that_does_not_count_to_its_totals_is_listed_and_no_other_is()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Vote("A/RES/78/6", "NOR", "N");
        file.Vote("A/RES/78/21", "NOR", "X");
        var report = await app.Coordinator.Imported(file);
        await using var connection = Databases.Open(app.Folder);
        var differing = await connection.QueryAsync<string>(
            """
            SELECT c.resolution
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution AND r.origin = 'import'
            WHERE (c.announced_yes, c.announced_no, c.announced_abstain, c.announced_non_voting) <> (
                SELECT
                    COUNT(CASE vote WHEN 'yes' THEN 1 END), COUNT(CASE vote WHEN 'no' THEN 1 END),
                    COUNT(CASE vote WHEN 'abstain' THEN 1 END), COUNT(CASE vote WHEN 'non-voting' THEN 1 END)
                FROM roll_call_vote v
                WHERE v.resolution = c.resolution AND v.version = c.version
            )
            ORDER BY c.resolution
            """
        );
        differing.ShouldBe(["78-21", "78-6"]);
        report["findings"]!.AsArray().ShouldHaveSingleItem()!["listed"]!
            .AsArray()
            .Select(f => f!.Text("resolution"))
            .ShouldBeInAnyOrder(["78-21", "78-6"]);
        // Both the announced totals and the names are stored.
        var tally = await app.Anonymous.GetJson("/v1/resolutions/78-6/tally");
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/78-6/roll-call");
        (tally.Int("yes"), rollCall["announced"]!.Int("yes")).ShouldBe((114, 115));
    }

    [Test]
    public async Task A_resolution_of_a_regular_session_adds_its_session_and_has_no_rule()
    {
        using var app = new App();
        await app.Coordinator.Imported(new VotingFile());

        var session = await app.Anonymous.GetJson("/v1/sessions/78");
        // The file lacks the day on which the session opened.
        (session.Int("number"), session.Flag("emergency"), session.Text("openedOn")).ShouldBe((78, false, null));
        var text = await app.Anonymous.GetJson("/v1/resolutions/78-21");
        (text.Text("symbol"), text.Text("session"), text.Text("kind")).ShouldBe(("A/RES/78/21", "78", "draft"));
        text.Text("title").ShouldBe("No first placement of weapons in outer space");
        (text.Text("rule"), text.Text("status"), text.Text("basis")).ShouldBe(
            ("not-recorded", "adopted", "recorded-votes")
        );
        (text.Text("voteOn"), text.Text("visibility")).ShouldBe(("2023-12-04", "tally"));
        text.Text("recordUrl")!.ShouldStartWith("https://digitallibrary.un.org/record/");
        // Known from the commit of the import.
        (text.Text("createdAt"), text.Text("changedAt"), text.Int("version")).ShouldBe(
            ("2026-11-21T15:00:00Z", "2026-11-21T15:00:00Z", 1)
        );

        var tally = await app.Anonymous.GetJson("/v1/resolutions/78-21/tally");
        (tally.Int("yes"), tally.Int("no"), tally.Int("abstain"), tally.Int("absent")).ShouldBe((127, 51, 6, 9));
        (tally.Flag("reached"), tally.IntOrNull("required"), tally.Text("outlook")).ShouldBe((null, null, null));
        using var early = await app.Viewer.GetAsync("/v1/resolutions/78-21/tally?asOf=2026-11-21T14:59:59Z");
        await early.ShouldBeProblem(404);
    }

    [Test]
    public async Task A_resolution_of_an_emergency_session_needs_two_thirds()
    {
        using var app = new App();
        var file = new VotingFile().Only("A/RES/ES-10/21");
        for (var line = 2; line <= file.Lines.Count; line++)
        {
            file.Change(line, "A/RES/ES-10/21", "A/RES/ES-10/99").Change(line, "4025240", "9999999");
        }
        await app.Coordinator.Imported(file);
        var text = await app.Anonymous.GetJson("/v1/resolutions/es-10-99");
        (text.Text("rule"), text.Text("session"), text.Text("status")).ShouldBe(("two-thirds", "es-10", "adopted"));
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-99/tally")).Flag("reached").ShouldBe(true);
    }

    [Test]
    public async Task Shipped_resolutions_are_not_duplicated_and_keep_their_announced_totals()
    {
        using var app = new App();
        var before = (await app.Anonymous.GetJson("/v1/resolutions/es-10-21")).ToJsonString();
        var rollCall = (await app.Anonymous.GetJson("/v1/resolutions/es-10-21/roll-call")).ToJsonString();
        rollCall.ShouldContain("\"yes\":121");
        await app.Coordinator.Imported(new VotingFile());
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-21")).ToJsonString().ShouldBe(before);
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-21/roll-call")).ToJsonString().ShouldBe(rollCall);
        (await app.Anonymous.GetItems("/v1/resolutions?session=es-10&limit=1000"))
            .Count(r => r.Text("symbol") == "A/RES/ES-10/21")
            .ShouldBe(1);
    }

    [Test]
    public async Task A_summary_of_one_resolution_is_in_the_singular()
    {
        using var app = new App();
        var one = await app.Coordinator.Imported(new VotingFile().Only("A/RES/78/6"));
        one.Text("summary")!
            .ShouldStartWith("Added: 1 resolution; updated: 0; unchanged: 0; left as a user wrote them: 0. ");
        var more = await app.Coordinator.Imported(new VotingFile().Only("A/RES/78/6", "A/RES/78/7", "A/RES/78/21"));
        more.Text("summary")!.ShouldStartWith("Added: 2 resolutions; updated: 0; unchanged: 1; ");
    }

    [Test]
    public async Task Former_members_vote_under_their_own_codes()
    {
        using var app = new App();
        var file = new VotingFile();
        file.Lines.RemoveRange(1, file.Lines.Count - 1);
        foreach (
            var (code, vote) in ((string, string)[])
                [("SUN", "N"), ("DDR", "N"), ("USA", "Y"), ("CSK", "A"), ("YUG", "X")]
        )
        {
            file.Lines.Add(
                $"77,{code},X,{vote},1980-01-14,S-6,A/RES/S-6/2,A/S-6/L.1,A/S-6/7,A/S-6/PV.3,\"A title, with a comma\",An item,SUBJECT--OTHER,,1,2,1,1,5,https://digitallibrary.un.org/record/77"
            );
        }
        var report = await app.Coordinator.Imported(file);
        report["findings"]!.AsArray().ShouldBeEmpty();
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/s-6-2/roll-call");
        rollCall["votes"]!
            .AsArray()
            .Select(v => $"{v!["memberState"]} {v["vote"]}")
            .ShouldBe(["CSK abstain", "DDR no", "SUN no", "USA yes", "YUG non-voting"]);
        (await app.Anonymous.GetJson("/v1/sessions/s-6")).Text("subject").ShouldBe("Special session");
        (await app.Anonymous.GetJson("/v1/resolutions/s-6-2")).Text("rule").ShouldBe("not-recorded");

        // The fields that researchers cite with the vote are stored.
        await using var connection = Databases.Open(app.Folder);
        var kept = await connection.QuerySingleAsync<string>(
            """
            SELECT record_id || '|' || draft || '|' || committee_report || '|' || meeting || '|' || agenda || '|' || subjects
            FROM library_record WHERE resolution = 's-6-2'
            """
        );
        kept.ShouldBe("77|A/S-6/L.1|A/S-6/7|A/S-6/PV.3|An item|SUBJECT--OTHER");
    }

    [Test]
    public async Task The_list_of_resolutions_is_by_the_day_of_the_vote_and_not_by_the_import()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Coordinator.Imported(new VotingFile());
        var listed = await app.Viewer.GetPages("/v1/resolutions?limit=7", 7);
        listed[0].Text("id").ShouldBe(draft);
        listed.Skip(1).Select(r => r.Text("voteOn")).ShouldBeInOrder(SortDirection.Descending);
        listed.Select(r => r.Text("id")).ShouldBeUnique();
        listed.Count.ShouldBe(43 + 3 + 1);
    }
}
