using System.Net.Http.Headers;
using System.Text;
using VoteTracker.Tests.Features.Contacts;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>An import that names its dry run changes what the dry run showed, or nothing.</summary>
[EveryEngine]
public sealed class DryRunTagTests
{
    [Test]
    public async Task A_list_of_stances_is_refused_if_one_of_its_stances_has_changed_since_the_dry_run()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        var path = OfStances(id);
        const string csv = "Country,Vote\nNorway,yes\nSweden,no\n";
        var (tag, changes) = await DryRun(app, path, csv);
        await app.Coordinator.RecordStance(id, "KEN", "yes");
        await app.Coordinator.RecordStance(id, "SWE", "abstain");
        var before = await app.ReadAll(id);
        using var late = await Run(app, path, csv, tag);
        var problem = await late.ShouldBeProblem(412);
        problem.Text("type").ShouldBe("/problems/list-changed");
        problem.Text("detail")!.ShouldContain("SWE (line 3)");
        var line = problem["lines"]!.AsArray().ShouldHaveSingleItem()!;
        (line.Int("line"), line.Text("memberState")).ShouldBe((3, "SWE"));
        line.Text("detail")!.ShouldStartWith("coordinator changed the stance at 2026-11-21");
        (await app.ReadAll(id)).ShouldBe(before);

        (tag, changes) = await DryRun(app, path, csv);
        await app.Coordinator.RecordStance(id, "KEN", "no");
        using var done = await Run(app, path, csv, tag);
        done.IsSuccessStatusCode.ShouldBeTrue(await done.Content.ReadAsStringAsync());
        done.Headers.ETag.ShouldBeNull();
        (await done.Json()).Changes().ShouldBe(changes);
        // The repetition changes nothing, so nothing can have changed since.
        using var again = await Run(app, path, csv, tag);
        (await again.Json()).Changes().ShouldBeEmpty();
    }

    [Test]
    public async Task Co_sponsors_assignments_and_contacts_are_compared_in_the_same_way()
    {
        using var app = new App();
        using var coordinator = app.Coordinator;
        var id = await app.OpenDraft();
        await ContactRequests.Add(app, "NOR");
        var contact = (await app.Lobbyist.GetItems("/v1/contacts")).ShouldHaveSingleItem();
        var of = $"/v1/resolutions/{id}";
        (string Path, string Csv, Func<Task<HttpResponseMessage>> Change, string What)[] all =
        [
            (
                $"{of}/co-sponsors",
                "Country,Status\nNorway,signed\nKenya,signed\n",
                () => coordinator.Put($"{of}/co-sponsors/NOR", new { status = "wanted", role = "main" }),
                "co-sponsor"
            ),
            (
                $"{of}/assignments",
                "Country,Assignee\nNorway,me\nKenya,me\n",
                () => coordinator.Put($"{of}/assignments/NOR", new { assignee = "me" }),
                "assignment"
            ),
            (
                OfStances(id),
                "Country,Vote,Assignee\nNorway,,coordinator\nKenya,no,\n",
                () => coordinator.Put($"{of}/assignments/NOR", new { assignee = "lobbyist" }),
                "assignment"
            ),
            (
                "/v1/contacts",
                $"Country,Name,Title,id\nNorway,{contact.Text("name")},Counsellor,{contact.Text("id")}\nKenya,An office,,\n",
                () => coordinator.Patch($"/v1/contacts/{contact.Text("id")}", """{"notes": "x"}"""),
                "contact"
            ),
        ];
        foreach (var (path, csv, change, what) in all)
        {
            var (tag, changes) = await DryRun(app, path, csv);
            changes.Count.ShouldBe(2, path);
            using var changed = await change();
            changed.IsSuccessStatusCode.ShouldBeTrue(await changed.Content.ReadAsStringAsync());
            using var late = await Run(app, path, csv, tag);
            var line = (await late.ShouldBeProblem(412))["lines"]!.AsArray().ShouldHaveSingleItem()!;
            (line.Int("line"), line.Text("memberState")).ShouldBe((2, "NOR"));
            line.Text("detail")!.ShouldContain($"changed the {what} at");
            (tag, _) = await DryRun(app, path, csv);
            using var done = await Run(app, path, csv, tag);
            (await done.Json()).Changes().Count().ShouldBe(2, path);
        }
    }

    [Test]
    public async Task Any_version_is_a_condition_that_holds_and_another_text_is_refused()
    {
        using var app = new App();
        var path = OfStances(await app.OpenDraft());
        const string csv = "Country,Vote\nNorway,yes\n";
        foreach (var wrong in (string[])["\"7\"", "1.812", "\"1.812\", \"1.813\"", "\"a.b\"", "\"1.-2\""])
        {
            using var refused = await Run(app, path, csv, wrong);
            await refused.ShouldBeProblem(400, "If-Match");
        }
        var (tag, _) = await DryRun(app, path, csv);
        // A proxy that compresses the dry run makes its tag weak.
        using var weak = await Run(app, path, csv, $"W/{tag}");
        weak.IsSuccessStatusCode.ShouldBeTrue();
        using var restored = await Run(app, path, "Country,Vote\nNorway,no\n", "\"999000000.1\"");
        (await restored.ShouldBeProblem(412)).Text("detail")!.ShouldContain("restored from a backup");
        using var any = await Run(app, path, "Country,Vote\nNorway,no\n", "*");
        any.IsSuccessStatusCode.ShouldBeTrue();
    }

    private static async Task<(string Tag, IReadOnlyList<string> Changes)> DryRun(App app, string path, string csv)
    {
        using var answer = await app.Import(path, csv, "?dryRun=true");
        var json = await answer.Json();
        answer.IsSuccessStatusCode.ShouldBeTrue(json.ToJsonString());
        return (answer.Headers.ETag!.Tag, [.. json.Changes()]);
    }

    private static async Task<HttpResponseMessage> Run(App app, string path, string csv, string ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{path}/import")
        {
            Content = new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv")),
        };
        request.Headers.TryAddWithoutValidation("If-Match", ifMatch).ShouldBeTrue();
        return await app.Lobbyist.SendAsync(request);
    }
}
