using System.Net.Http.Json;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Comments;

/// <summary>Comments that are rejected by name, and the longest one that is accepted.</summary>
[EveryEngine]
public sealed class WrongCommentsTests
{
    private static readonly (string Name, object Body, string Fault)[] Wrong =
    [
        ("nothing", new { }, "is required"),
        ("empty", new { text = "  " }, "must not be empty"),
        ("number", new { text = 7 }, "must be"),
        ("long", new { text = new string('x', 4_001) }, "must have 4000 characters at most"),
        ("10 kB", new { text = new string('x', 10_240) }, "must have 4000 characters at most"),
        (
            "300 mentions",
            new { text = string.Concat(Enumerable.Repeat("@lobbyist ", 300)) },
            "must have at most 20 words that begin with @; found 300"
        ),
        (
            "300 others",
            new { text = string.Join(' ', Enumerable.Range(0, 300).Select(i => $"@name{i}")) },
            "must have at most 20 words that begin with @; found 300"
        ),
        ("NUL", new { text = "a\0b" }, "must not contain a NUL character"),
        ("field", new { text = "x", mentions = Array.Empty<string>() }, "is not a known field"),
    ];

    private static IEnumerable<string> WrongNames => Wrong.Select(line => line.Name);

    [TestCaseSource(nameof(WrongNames))]
    public async Task A_wrong_comment_is_rejected_by_name_and_nothing_is_stored(string name)
    {
        using var app = new App();
        var path = PathOf(await app.OpenDraft());
        using var lobbyist = app.Lobbyist;
        var before = Dump(app);
        var (_, body, fault) = Wrong.Single(line => line.Name == name);
        (await lobbyist.Faults(path, body))[name == "field" ? "mentions" : "text"].ShouldContain(fault);
        Dump(app).ShouldBe(before);
    }

    [Test]
    public async Task A_comment_of_4000_characters_and_20_mentions_is_accepted()
    {
        using var app = new App();
        var path = PathOf(await app.OpenDraft());
        var mentions = string.Concat(Enumerable.Repeat("@lobbyist ", 20));
        var text = mentions + new string('x', 4_000 - mentions.Length);
        (await app.Lobbyist.Add(path, new { text }))["mentions"]!
            .AsArray()
            .Select(m => m!.GetValue<string>())
            .ShouldBe(["lobbyist"]);
    }

    [TestCase("none", "NOR", "There is no resolution 'none'")]
    [TestCase(null, "PSE", "PSE is an observer")]
    [TestCase(null, "YUG", "YUG is a former member")]
    [TestCase(null, "XXX", "XXX")]
    public async Task A_comment_needs_a_stance(string? resolution, string iso3, string detail)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var path = PathOf(resolution ?? draft, iso3);
        using var added = await app.Lobbyist.PostAsJsonAsync(path, new { text = "x" });
        (await added.ShouldBeProblem(404)).Text("detail")!.ShouldContain(detail);
        using var listed = await app.Lobbyist.GetAsync(path);
        (await listed.ShouldBeProblem(404)).Text("detail")!.ShouldContain(detail);
        using var deleted = await app.Lobbyist.DeleteAsync($"{path}/1");
        await deleted.ShouldBeProblem(404);
    }

    private static string PathOf(string draft, string iso3 = "NOR") =>
        $"/v1/resolutions/{draft}/stances/{iso3}/comments";

    // A key that sent a request has another moment of its last use.
    private static string[] Dump(App app) =>
        [.. Databases.Dump(app.Folder).Where(row => !row.StartsWith("api_key", StringComparison.Ordinal))];
}
