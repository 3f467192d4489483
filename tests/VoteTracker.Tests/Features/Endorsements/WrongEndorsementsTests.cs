using System.Net.Http.Json;
using System.Text;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Endorsements;

public sealed class WrongEndorsementsTests
{
    private const string Path = "/v1/endorsements";

    [TestCase("""{"public": true}""", "organisation", "is required")]
    [TestCase("""{"organisation": "a"}""", "public", "is required")]
    [TestCase("""{"organisation": " \u200b ", "public": true}""", "organisation", "must not be empty")]
    [TestCase("""{"organisation": "a\nb", "public": true}""", "organisation", "must be on one line")]
    [TestCase("""{"organisation": "a\u202Eb", "public": true}""", "organisation", "must be on one line")]
    [TestCase("""{"organisation": "a\u0000b", "public": true}""", "organisation", "must not contain a NUL")]
    [TestCase("""{"organisation": 5, "public": true}""", "organisation", "")]
    [TestCase("""{"organisation": "a", "public": "yes"}""", "public", "")]
    [TestCase("""{"organisation": "a", "public": null}""", "public", "is required")]
    [TestCase(
        """{"organisation": "a", "public": true, "memberState": "XXX"}""",
        "memberState",
        "of a member or observer"
    )]
    [TestCase(
        """{"organisation": "a", "public": true, "memberState": "SUN"}""",
        "memberState",
        "of a member or observer"
    )]
    [TestCase(
        """{"organisation": "a", "public": true, "resolution": "es-10-none"}""",
        "resolution",
        "must be the id of a resolution"
    )]
    [TestCase("""{"organisation": "a", "public": true, "kind": "club"}""", "kind", "trade-union")]
    [TestCase("""{"organisation": "a", "public": true, "languages": "en"}""", "languages", "")]
    [TestCase("""{"organisation": "a", "public": true, "languages": ["English"]}""", "languages[0]", "found 'English'")]
    [TestCase("""{"organisation": "a", "public": true, "languages": ["en", "xx"]}""", "languages[1]", "found 'xx'")]
    [TestCase("""{"organisation": "a", "public": true, "languages": ["en_US"]}""", "languages[0]", "BCP 47")]
    [TestCase("""{"organisation": "a", "public": true, "languages": [null]}""", "languages[0]", "")]
    [TestCase("""{"organisation": "a", "public": true, "url": "javascript:alert(1)"}""", "url", "begins with https://")]
    [TestCase("""{"organisation": "a", "public": true, "url": "//x.example"}""", "url", "begins with https://")]
    [TestCase("""{"organisation": "a", "public": true, "url": "data:text/html,x"}""", "url", "begins with https://")]
    [TestCase(
        """{"organisation": "a", "public": true, "signedOn": "1944-12-31"}""",
        "signedOn",
        "from 1945-01-01 to 2026-11-22"
    )]
    [TestCase(
        """{"organisation": "a", "public": true, "signedOn": "2026-11-23"}""",
        "signedOn",
        "from 1945-01-01 to 2026-11-22"
    )]
    [TestCase("""{"organisation": "a", "public": true, "signedOn": "21/11/2026"}""", "signedOn", "")]
    [TestCase("""{"organisation": "a", "public": true, "contact": "x"}""", "contact", "")]
    public async Task A_wrong_field_is_a_400_that_names_it(string body, string field, string message)
    {
        using var app = new App();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await app.Lobbyist.PostAsync(Path, content);
        var problem = await answer.ShouldBeProblem(400, field);
        DeskRequests.Faults(problem)[field].ShouldContain(message);
        (await app.Viewer.Organisations()).ShouldBeEmpty();
    }

    [Test]
    public async Task A_name_of_10_kB_with_markup_is_rejected_and_a_short_one_is_text()
    {
        using var app = new App();
        var markup = "<script>alert('x')</script><img src=x onerror=alert(1)>";
        var long_ = string.Concat(Enumerable.Repeat(markup, 10_240 / markup.Length + 1));
        using var answer = await app.Lobbyist.PostAsJsonAsync(Path, new { organisation = long_, @public = true });
        var problem = await answer.ShouldBeProblem(400, "organisation");
        DeskRequests.Faults(problem)["organisation"].ShouldBe("must have 300 characters at most");
        problem.ToJsonString().Length.ShouldBeLessThan(1_000);
        using var changed = await app.Lobbyist.Patch(
            $"{Path}/{(await app.Lobbyist.Endorse("a", new { memberState = "NOR" }))["id"]}",
            $$"""{"organisation": "{{long_.Replace("'", "", StringComparison.Ordinal)}}"}"""
        );
        await changed.ShouldBeProblem(400, "organisation");
        // Markup has no effect, and comes back as it was written; on the page of the brief it is text.
        var made = await app.Lobbyist.Endorse(markup, new { memberState = "NOR" });
        made.Text("organisation").ShouldBe(markup);
        var draft = await app.OpenDraft();
        using var page = new HttpRequestMessage(HttpMethod.Get, $"/v1/resolutions/{draft}/briefs/NOR");
        page.Headers.Accept.ParseAdd("text/markdown");
        using var brief = await app.Viewer.SendAsync(page);
        var text = await brief.Content.ReadAsStringAsync();
        text.ShouldContain(@"\<img src=x onerror");
        text.Replace(@"\<", "", StringComparison.Ordinal).ShouldNotContain("<img");
        text.ShouldContain(@"\<script\>");
    }

    [Test]
    public async Task An_Arabic_name_keeps_its_marks_of_direction()
    {
        using var app = new App();
        const string name = "اتحاد \u200Fالمعلمين\u200E (UT)";
        (await app.Lobbyist.Endorse(name)).Text("organisation").ShouldBe(name);
        (await app.Anonymous.Organisations("?q=المعلمين")).ShouldBe([name]);
    }

    [Test]
    public async Task Another_role_records_nothing()
    {
        using var app = new App();
        var body = new { organisation = "a", @public = true };
        using var viewer = await app.Viewer.PostAsJsonAsync(Path, body);
        await viewer.ShouldBeProblem(403);
        using var anonymous = await app.Anonymous.PostAsJsonAsync(Path, body);
        await anonymous.ShouldBeProblem(401);
        await app.Lobbyist.Endorse("a");
        using var changed = await app.Viewer.Patch($"{Path}/1", """{"public": false}""");
        await changed.ShouldBeProblem(403);
        using var deleted = await app.Anonymous.Send(HttpMethod.Delete, $"{Path}/1");
        await deleted.ShouldBeProblem(401);
        (await app.Anonymous.Organisations()).ShouldBe(["a"]);
    }
}
