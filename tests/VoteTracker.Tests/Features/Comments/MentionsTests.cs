using System.Net.Http.Json;
using VoteTracker.Features.Comments;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Comments;

/// <summary>Mentions in comments: which labels a text names, and the list of the holder.</summary>
[EveryEngine]
public sealed class MentionsTests
{
    private static readonly string[] Labels = ["Zoe", "Zoe Ann", "desk 1", "desk 12", "Иван", "d'Arc", "王"];

    [TestCase("@Zoe", "Zoe")]
    [TestCase("Ask @zoe.", "Zoe")]
    [TestCase("(@Zoe)", "Zoe")]
    [TestCase("@Zoe's turn", "Zoe")]
    [TestCase("@Zoe Ann", "Zoe Ann")]
    [TestCase("@Zoe Ann, @Zoe", "Zoe Ann|Zoe")]
    [TestCase("@Zoe Anna", "Zoe")]
    [TestCase("@Zoes", "")]
    [TestCase("@Zoé", "")]
    [TestCase("@Zoe@Zoe Ann", "Zoe")]
    [TestCase("@Zoe @ZOE @zoe", "Zoe")]
    [TestCase("@desk 1", "desk 1")]
    [TestCase("@desk 12", "desk 12")]
    [TestCase("@desk 123", "")]
    [TestCase("@desk 1\n@desk 12", "desk 1|desk 12")]
    [TestCase("@иван: да", "Иван")]
    [TestCase("@Ивана", "")]
    [TestCase("@d'arc", "d'Arc")]
    [TestCase("问@王，", "")]
    [TestCase("问 @王，", "王")]
    [TestCase("name@Zoe.org", "")]
    [TestCase("@@Zoe", "Zoe")]
    [TestCase("@ Zoe @", "")]
    [TestCase("Zoe", "")]
    [TestCase("", "")]
    public void The_longest_label_that_ends_before_a_letter_or_digit_is_mentioned(string text, string expected) =>
        CommentMentions.Find(text, Labels).ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));

    [TestCase("@a @b @a", 3)]
    [TestCase("a@b.org @ @", 0)]
    [TestCase("@@a", 2)]
    public void Every_word_that_begins_with_the_sign_counts(string text, int count) =>
        CommentMentions.Count(text).ShouldBe(count);

    [Test]
    public async Task The_holder_lists_the_mentions_of_all_resolutions_the_newest_first()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        using var ann = await app.Member("Zoe Ann");
        var (first, second) = (await app.OpenDraft(), await app.OpenDraft(symbol: "A/ES-10/L.35"));
        await app.Lobbyist.Add(PathOf(first), new { text = "@Zoe one" });
        app.Clock.Advance(TimeSpan.FromHours(1));
        var moment = app.Clock.GetUtcNow();
        await app.Lobbyist.Add(PathOf(second, "ZAF"), new { text = "@zoe two, @Zoe Ann" });
        await app.Lobbyist.Add(PathOf(first), new { text = "Zoe is not mentioned" });
        await app.Lobbyist.Add(PathOf(first), new { text = "@Zoe three" });
        (await zoe.GetItems("/v1/mentions"))
            .Select(c => $"{c.Text("resolution")} {c.Text("memberState")} {c.Text("text")} {c.Text("createdBy")}")
            .ShouldBe([
                $"{first} NOR @Zoe three lobbyist",
                $"{second} ZAF @zoe two, @Zoe Ann lobbyist",
                $"{first} NOR @Zoe one lobbyist",
            ]);
        (await Texts(ann, "/v1/mentions")).ShouldBe(["@zoe two, @Zoe Ann"]);
        (await Texts(app.Lobbyist, "/v1/mentions")).ShouldBeEmpty();
        var since = $"since={moment:yyyy-MM-ddTHH:mm:ssZ}";
        (await Texts(zoe, $"/v1/mentions?{since}")).ShouldBe(["@Zoe three", "@zoe two, @Zoe Ann"]);
        app.Clock.Advance(TimeSpan.FromHours(2));
        (await Texts(zoe, "/v1/mentions?since=2h")).ShouldBe(["@Zoe three", "@zoe two, @Zoe Ann"]);
        (await Texts(zoe, "/v1/mentions?since=1h")).ShouldBeEmpty();
        (await Texts(zoe, "/v1/mentions?since=2026-11-21")).Length.ShouldBe(3);
        (await Texts(zoe, "/v1/mentions?since=1990-01-01")).Length.ShouldBe(3);
        using var page = await zoe.GetAsync($"/v1/mentions?limit=1&{since}");
        (await Texts(zoe, page.NextPage()!)).ShouldBe(["@zoe two, @Zoe Ann"]);
        using var foreign = await ann.GetAsync(page.NextPage());
        await foreign.ShouldBeProblem(400, "cursor");
    }

    [Test]
    public async Task A_replaced_key_keeps_its_mentions_and_a_revoked_label_is_text()
    {
        using var app = new App();
        var made = await app.Admin.Add("/v1/api-keys", new { label = "Zoe", role = "lobbyist" });
        var path = PathOf(await app.OpenDraft());
        await app.Lobbyist.Add(path, new { text = "@Zoe one" });
        using var rotated = await app.Admin.PostAsJsonAsync(
            $"/v1/api-keys/{made.Text("id")}/rotate",
            new { graceMinutes = 0 }
        );
        var newer = await rotated.Json();
        using var zoe = app.WithKey(newer.Text("key")!);
        (await Texts(zoe, "/v1/mentions")).ShouldBe(["@Zoe one"]);
        await app.Lobbyist.Add(path, new { text = "@Zoe two" });
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{newer.Text("id")}");
        revoked.EnsureSuccessStatusCode();
        var late = await app.Lobbyist.Add(path, new { text = "@Zoe three" });
        late["mentions"]!.AsArray().ShouldBeEmpty();
        (await app.Lobbyist.GetItems(path))
            .Select(c => $"{c.Text("text")} {c["mentions"]!.ToJsonString()}")
            .ShouldBe(["@Zoe three []", "@Zoe two [\"Zoe\"]", "@Zoe one [\"Zoe\"]"]);
    }

    [Test]
    public async Task A_longer_label_that_reads_no_comments_is_not_a_shorter_one()
    {
        using var app = new App();
        using var zoe = await app.Member("Zoe");
        await app.Admin.Add("/v1/api-keys", new { label = "Zoe Ann", role = "viewer" });
        var left = await app.Admin.Add("/v1/api-keys", new { label = "Zoe Bo", role = "lobbyist" });
        using var revoked = await app.Admin.DeleteAsync($"/v1/api-keys/{left.Text("id")}");
        revoked.EnsureSuccessStatusCode();
        var path = PathOf(await app.OpenDraft());
        foreach (var text in (string[])["@Zoe Ann please look", "@zoe bo please look"])
        {
            (await app.Lobbyist.Add(path, new { text }))["mentions"]!.AsArray().ShouldBeEmpty(text);
        }
        var both = await app.Lobbyist.Add(path, new { text = "@Zoe Ann and @Zoe" });
        both["mentions"]!.ToJsonString().ShouldBe("""["Zoe"]""");
    }

    [Test]
    public async Task Labels_that_read_no_comments_are_text_and_the_key_of_the_settings_is_mentioned()
    {
        using var app = new App();
        using var viewer = app.Viewer;
        var path = PathOf(await app.OpenDraft());
        var added = await app.Lobbyist.Add(path, new { text = "@viewer and @admin key of the settings" });
        added["mentions"]!.ToJsonString().ShouldBe("""["admin key of the settings"]""");
        (await Texts(app.Admin, "/v1/mentions")).Length.ShouldBe(1);
        using var mentions = await viewer.GetAsync("/v1/mentions");
        await mentions.ShouldBeProblem(403);
    }

    [TestCase("since=24x", "since")]
    [TestCase("since=2099-01-01T00:00:00Z", "since")]
    [TestCase("limit=0", "limit")]
    [TestCase("label=Zoe", "label")]
    public async Task A_wrong_parameter_is_named(string query, string name)
    {
        using var app = new App();
        using var answer = await app.Lobbyist.GetAsync($"/v1/mentions?{query}");
        await answer.ShouldBeProblem(400, name);
    }

    private static string PathOf(string draft, string iso3 = "NOR") =>
        $"/v1/resolutions/{draft}/stances/{iso3}/comments";

    private static async Task<string?[]> Texts(HttpClient client, string path) =>
        [.. (await client.GetJson(path))["items"]!.AsArray().Select(comment => comment!.Text("text"))];
}
