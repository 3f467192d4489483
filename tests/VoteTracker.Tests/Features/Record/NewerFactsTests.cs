namespace VoteTracker.Tests.Features.Record;

/// <summary>Newer facts correct the record and no row that a user wrote.</summary>
[EveryEngine]
public sealed class NewerFactsTests
{
    [Test]
    public void Newer_facts_that_do_not_change_a_resolution_leave_its_version()
    {
        using var places = new FactsFolder();
        places.Start();
        var first = Databases.DumpContent(places.Folder);
        places.Newer();
        places.Start();
        Databases
            .DumpContent(places.Folder)
            .Where(row => !row.StartsWith("fact:", StringComparison.Ordinal))
            .ShouldBe(first.Where(row => !row.StartsWith("fact:", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Newer_facts_bring_the_record_up_to_date()
    {
        using var places = new FactsFolder();
        places.Start();
        places.Newer();
        places.Change("roll-calls.csv", "es-10-27,AGO,yes", "es-10-27,AGO,no");
        places.Change("member-states.csv", ",Angola,Angola,Angola,", ",New Angola,Angola,Angola,");
        places.Change("sessions.csv", "The situation in Hungary", "The situation in Hungary corrected");
        places.Append(
            "resolutions.csv",
            "es-11-10,es-11,A/RES/ES-11/10,New,draft,,two-thirds,adopted,2026-03-02,2,1,,,193,"
        );
        using var app = places.App();
        var changed = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        (changed.Int("yes"), changed.Int("no"), changed.Int("version")).ShouldBe((148, 13, 2));
        var before = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally?asOf=2026-11-21T14:59:59Z");
        (before.Int("yes"), before.Int("no"), before.Int("version")).ShouldBe((149, 12, 1));
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-26/tally")).Int("version").ShouldBe(1);
        (await app.Anonymous.GetJson("/v1/member-states/AGO"))["names"]!.Text("en").ShouldBe("New Angola");
        (await app.Anonymous.GetJson("/v1/sessions/es-2"))
            .Text("subject")
            .ShouldBe("The situation in Hungary corrected");
        var added = await app.Anonymous.GetJson("/v1/resolutions/es-11-10/tally");
        (added.Text("basis"), added.Flag("reached")).ShouldBe(("announced", true));
        added.Field("abstain").ShouldBeNull();
        // A release counts as known from the day after each vote, whenever it was installed.
        (await app.Anonymous.GetJson("/v1/resolutions/es-11-10/tally?asOf=2026-03-03T05:00:00Z"))
            .Int("yes")
            .ShouldBe(2);
        using var early = await app.Anonymous.GetAsync("/v1/resolutions/es-11-10/tally?asOf=2026-03-03T04:59:59Z");
        await early.ShouldBeProblem(404);
        (await app.Anonymous.GetStringAsync("/v1/export/resolutions.csv?asOf=2026-03-03T05:00:00Z")).ShouldContain(
            "es-11-10,"
        );
    }

    [Test]
    public async Task A_roll_call_of_newer_facts_counts_before_the_one_that_the_campaign_entered()
    {
        using var places = new FactsFolder();
        using (var before = places.App())
        {
            var id = await before.OpenDraft(new { id = "es-11-10" }, "A/ES-11/L.20");
            using var entered = await before.Coordinator.Put(
                $"/v1/resolutions/{id}/roll-call?missing=non-voting",
                new { recordedOn = "2026-03-03", votes = new[] { new { memberState = "NOR", vote = "no" } } }
            );
            entered.EnsureSuccessStatusCode();
        }
        places.Newer();
        places.Append(
            "resolutions.csv",
            "es-11-10,es-11,A/RES/ES-11/10,New,draft,,two-thirds,adopted,2026-03-02,1,0,0,0,193,"
        );
        places.Append("roll-calls.csv", "es-11-10,NOR,yes");
        for (var start = 0; start < 2; start++)
        {
            using var app = places.App();
            var rollCall = await app.Anonymous.GetJson("/v1/resolutions/es-11-10/roll-call");
            (rollCall.Text("source"), rollCall.Text("recordedOn"), rollCall.Text("status")).ShouldBe(
                ("library", "2026-03-02", "adopted")
            );
            (await app.Anonymous.GetJson("/v1/resolutions/es-11-10")).Text("title").ShouldBe("A draft");
            (await app.Anonymous.GetStringAsync("/v1/export/matrix.csv")).ShouldContain("es-11-10");
        }
    }

    [Test]
    public async Task A_corrected_day_of_the_vote_or_parent_changes_the_resolution_and_its_roll_call()
    {
        using var places = new FactsFolder();
        places.Start();
        places.Newer();
        places.Change("resolutions.csv", "adopted,2025-06-12,149", "adopted,2025-06-11,149");
        places.Change("resolutions.csv", "amendment,es-11-8,two-thirds", "amendment,es-11-7,two-thirds");
        using var app = places.App();
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-27")).Text("voteOn").ShouldBe("2025-06-11");
        var rollCall = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/roll-call");
        (rollCall.Text("recordedOn"), rollCall["votes"]!.AsArray().Count).ShouldBe(("2025-06-11", 193));
        var amendment = await app.Anonymous.GetJson("/v1/resolutions/es-11-amendment-2025-02-24");
        (amendment.Text("parent"), amendment.Int("version")).ShouldBe(("es-11-7", 2));
    }

    [Test]
    public async Task Newer_facts_touch_no_row_that_a_user_wrote()
    {
        using var places = new FactsFolder();
        string[] paths;
        List<string?> written = [];
        using (var app = places.App())
        {
            using var patched = await app.Coordinator.Send(
                HttpMethod.Patch,
                "/v1/resolutions/es-10-26",
                new { title = "As the campaign calls it" }
            );
            patched.IsSuccessStatusCode.ShouldBeTrue();
            await app.OpenDraft(new { baseline = "es-10-27" }, symbol: "A/RES/ES-11/10");
            await app.Lobbyist.RecordStance("es-11-10", "AGO", "no");
            paths =
            [
                "/v1/resolutions/es-10-26",
                "/v1/resolutions/es-10-26/roll-call",
                "/v1/resolutions/es-11-10",
                "/v1/resolutions/es-11-10/stances",
                "/v1/resolutions/es-11-10/tally",
                "/v1/resolutions/es-11-10/stances/AGO/history",
            ];
            foreach (var path in paths)
            {
                written.Add((await app.Admin.GetJson(path)).ToJsonString());
            }
        }
        places.Newer();
        places.Change("resolutions.csv", "Demand for ceasefire in Gaza", "A newer title");
        places.Change("roll-calls.csv", "es-10-26,AGO,yes", "es-10-26,AGO,no");
        places.Append(
            "resolutions.csv",
            "es-11-10,es-11,A/RES/ES-11/10,New,draft,,two-thirds,adopted,2026-03-02,2,1,,,193,"
        );
        using (var app = places.App())
        {
            var now = new List<string?>();
            foreach (var path in paths)
            {
                now.Add((await app.Admin.GetJson(path)).ToJsonString());
            }
            now.ShouldBe(written);
            app.Log.ShouldContain(line => line.Contains("es-10-26", StringComparison.Ordinal));
        }
    }

    [Test]
    public async Task A_resolution_of_the_record_is_corrected_although_a_user_recorded_a_co_sponsor()
    {
        using var places = new FactsFolder();
        using (var app = places.App())
        {
            using var noted = await app.Lobbyist.Put(
                "/v1/resolutions/es-10-27/co-sponsors/ESP",
                new { status = "signed", role = "main" }
            );
            noted.IsSuccessStatusCode.ShouldBeTrue(await noted.Content.ReadAsStringAsync());
        }
        places.Newer();
        places.Change("roll-calls.csv", "es-10-27,AGO,yes", "es-10-27,AGO,no");
        using (var app = places.App())
        {
            var tally = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
            (tally.Int("yes"), tally.Int("no"), tally.Int("coSponsors")).ShouldBe((148, 13, 1));
        }
    }
}
