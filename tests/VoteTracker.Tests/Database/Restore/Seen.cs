using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Endorsements;
using static VoteTracker.Tests.Database.Restore.TagRequests;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>
/// A campaign, and what its clients have seen: first data that a backup has too, then data that is lost with the original.
/// </summary>
internal sealed class Seen
{
    public const string Draft = "es-10-l-34";
    private const string Path = $"/v1/resolutions/{Draft}";

    // All resources with a version that a client can store.
    private static readonly string[] Tagged =
    [
        $"{Path}/tally",
        $"{Path}/tally?counting=confirmed",
        $"{Path}/breakdown",
        $"{Path}/breakdown.csv",
        $"{Path}/forecast",
        $"{Path}/stances/KEN",
        $"{Path}/co-sponsors/EGY",
        $"{Path}/scenarios/kept",
        SavedView,
        .. SupportRequests.Paths,
        VoteDay,
        Milestone,
        SessionRequest,
        Path,
    ];

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _past = new(StringComparer.Ordinal);

    /// <summary>The path of the contact.</summary>
    public string Contact { get; private set; } = "";

    /// <summary>The path of the webhook.</summary>
    public string Webhook { get; private set; } = "";

    /// <summary>The end of the feed, from the `Link` header.</summary>
    public string FeedEnd { get; private set; } = "";

    /// <summary>The second page of a list.</summary>
    public string SecondPage { get; private set; } = "";

    /// <summary>The exported table of stances.</summary>
    public string Sheet { get; private set; } = "";

    /// <summary>Versions of the lost writes.</summary>
    public HashSet<long> Lost { get; } = [];

    /// <summary>Writes data that a backup will have.</summary>
    public static async Task<Seen> Begin(HttpClient admin, FakeTimeProvider clock)
    {
        var seen = new Seen();
        (await admin.OpenDraft()).ShouldBe(Draft);
        await admin.RecordStance(Draft, "KEN", "yes");
        await Scenario(admin, "kept", "KEN");
        await View(admin, "show=mine");
        await Vote(admin, "yes");
        await Plan(admin);
        await Request(admin, "1997-04-18");
        using var added = await admin.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "KEN",
                name = "An office",
                office = "mission",
            }
        );
        seen.Contact = $"/v1/contacts/{(await added.Json()).Text("id")}";
        await SupportRequests.AddOfEach(admin);
        seen.Webhook = await AddWebhook(admin);
        clock.Advance(TimeSpan.FromMinutes(1));
        var now = clock.GetUtcNow().Iso();
        clock.Advance(TimeSpan.FromMinutes(1));
        await CoSponsor(admin, "wanted");
        foreach (
            var path in (string[])
                [
                    $"{Path}/tally?asOf={now}",
                    $"{Path}/breakdown?asOf={now}",
                    $"{Path}/export/stances.csv?asOf={now}",
                    $"{Path}/export/history.csv?asOf={now}",
                    $"{Path}/export.zip?asOf={now}",
                    $"{Path}/tally/timeline?to={now}",
                    $"/v1/export/resolutions.csv?asOf={now}",
                ]
        )
        {
            seen._past[path] = await admin.GetByteArrayAsync(path);
        }
        return seen;
    }

    /// <summary>Writes data that the backup will not have, and stores what clients see of it.</summary>
    public async Task WriteWhatIsLost(HttpClient admin)
    {
        await admin.RecordStance(Draft, "KEN", "no");
        await admin.RecordStance(Draft, "NOR", "no");
        await CoSponsor(admin, "signed");
        await CoSponsor(admin, "withdrawn");
        await Scenario(admin, "kept", "NOR");
        await View(admin, "show=open");
        await Vote(admin, "no");
        await Replan(admin, "Room 4");
        await Request(admin, "1997-04-21");
        await Scenario(admin, "lost", "NOR");
        using (await admin.Patch(Contact, """{"name": "Another office"}""")) { }
        await SupportRequests.ChangeEach(admin, "a");
        using (await admin.Patch(Webhook, """{"format": "text"}""")) { }
        await admin.OpenDraft(symbol: "A/ES-10/L.35");
        await admin.RecordStance("es-10-l-35", "KEN", "no");
        Lost.UnionWith([2, 4, 5, 6, 7]);
        await SeeAgain(admin);
    }

    /// <summary>Reads everything, and stores the tags and cursors.</summary>
    public async Task SeeAgain(HttpClient admin)
    {
        foreach (
            var path in (string[])
                [
                    .. Tagged,
                    Contact,
                    Webhook,
                    $"{Path}/scenarios/lost",
                    "/v1/resolutions/es-10-l-35",
                    "/v1/resolutions/es-10-l-35/tally",
                ]
        )
        {
            _tags[path] = await Tag(admin, path);
        }
        using var feed = await admin.GetAsync("/v1/changes?limit=1000");
        FeedEnd = feed.NextPage()!;
        using var page = await admin.GetAsync($"{Path}/stances?limit=5");
        SecondPage = page.NextPage()!;
        Sheet = await admin.GetStringAsync($"{Path}/export/stances.csv");
    }

    /// <summary>
    /// Checks what a client gets from a copy that is a new incarnation, before and after writes that replace the lost ones.
    /// Returns the first version.
    /// </summary>
    public async Task<long> ShouldMeetAnotherIncarnation(HttpClient admin)
    {
        var first = (await admin.GetJson($"{Path}/tally")).Version();
        first.ShouldBeGreaterThanOrEqualTo(1_000_000);
        (first % 1_000_000).ShouldBe(0);
        (await admin.GetJson(Path)).Version().ShouldBe(first);
        (await admin.GetJson(Contact)).Version().ShouldBe(first);
        (await admin.GetJson(Webhook)).Version().ShouldBe(first);
        await NothingIsNotModified(admin, [.. Tagged, Contact, Webhook]);
        await ThePastIsTheSame(admin);

        // As many writes as were lost, but other ones.
        await admin.RecordStance(Draft, "BRA", "abstain");
        await admin.RecordStance(Draft, "KEN", "abstain");
        await CoSponsor(admin, "signed");
        await CoSponsor(admin, "committed");
        await Scenario(admin, "kept", "BRA");
        await View(admin, "show=overdue");
        await Vote(admin, "abstain");
        await Replan(admin, "Room 5");
        await Request(admin, "1997-04-22");
        await Scenario(admin, "lost", "BRA");
        using (await admin.Patch(Contact, """{"name": "A third office"}""")) { }
        await SupportRequests.ChangeEach(admin, "b");
        using (await admin.Patch(Webhook, """{"events": ["task.overdue"]}""")) { }
        await admin.OpenDraft(symbol: "A/ES-10/L.35");
        await admin.RecordStance("es-10-l-35", "KEN", "yes");
        (await admin.GetJson($"{Path}/tally")).Version().ShouldBe(first + 4);
        (await admin.GetJson(Contact)).Version().ShouldBe(first + 1);
        (await admin.GetJson(SavedView)).Version().ShouldBe(first + 1);
        await SupportRequests.ShouldHaveVersion(admin, first + 1);
        (await admin.GetJson(Webhook)).Version().ShouldBe(first + 1);
        (await admin.GetJson(Milestone)).Version().ShouldBe(first + 1);
        (await admin.GetJson(SessionRequest)).Version().ShouldBe(first + 1);
        (await admin.GetJson($"{Path}/scenarios/lost")).Version().ShouldBe(first);
        (await admin.GetJson("/v1/resolutions/es-10-l-35/tally")).Version().ShouldBe(first + 1);
        await NothingIsNotModified(admin, _tags.Keys);
        await NoLostVersionIsWrittenOver(admin);
        await ThePastIsTheSame(admin);
        await SeenCursors.AreGone(admin, FeedEnd, SecondPage);
        return first;
    }

    /// <summary>Checks what a client gets from the same incarnation.</summary>
    public async Task ShouldMeetTheSame(HttpClient admin)
    {
        foreach (var (path, tag) in _tags)
        {
            using var answer = await Get(admin, path, tag);
            ((int)answer.StatusCode).ShouldBe(304, path);
        }
        (await admin.GetItems(FeedEnd)).ShouldBeEmpty();
        await admin.GetItems(SecondPage);
        await ThePastIsTheSame(admin);
        (await admin.RecordStance(Draft, "BRA", "yes")).Version().ShouldBeLessThan(1_000);
        (await admin.GetItems(FeedEnd)).ShouldHaveSingleItem().Text("memberState").ShouldBe("BRA");
    }

    private async Task NothingIsNotModified(HttpClient admin, IEnumerable<string> paths)
    {
        foreach (var path in paths.Where(p => _tags.ContainsKey(p)))
        {
            using var answer = await Get(admin, path, _tags[path]);
            ((int)answer.StatusCode).ShouldBe(200, $"{path} {_tags[path]}");
        }
    }

    private async Task NoLostVersionIsWrittenOver(HttpClient admin)
    {
        foreach (
            var path in _tags.Keys.Where(p =>
                p.Contains("/stances/")
                || p.Contains("/scenarios/")
                || p == SavedView
                || p == Contact
                || p == Webhook
                || p == Milestone
                || SupportRequests.Paths.Contains(p)
            )
        )
        {
            using var answer = await admin.Send(HttpMethod.Delete, path, ifMatch: _tags[path]);
            await answer.ShouldBeProblem(412);
        }
        using var patched = await admin.Patch(Path, """{"title": "Another"}""", _tags[Path]);
        await patched.ShouldBeProblem(412);
        // No row of history has a version of a lost write.
        (await admin.GetItems($"{Path}/stances/KEN/history"))
            .Select(change => change.Version())
            .Where(version => version > 2)
            .ShouldAllBe(version => version >= 1_000_000);
        using var table = new StringContent(Sheet, System.Text.Encoding.UTF8, "text/csv");
        using var imported = await admin.PostAsync($"{Path}/stances/import", table);
        (await imported.ShouldBeProblem(400)).ToJsonString().ShouldContain("version");
    }

    private async Task ThePastIsTheSame(HttpClient admin)
    {
        foreach (var (path, bytes) in _past)
        {
            (await admin.GetByteArrayAsync(path)).SequenceEqual(bytes).ShouldBeTrue(path);
        }
    }
}
