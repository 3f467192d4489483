using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>Invisible characters at the ends of a text are removed, because they often come from copied text.</summary>
public sealed class TrimmedTextTests
{
    [TestCase(" A/ES-10/L.7")]
    [TestCase("\u200BA/ES-10/L.7")]
    [TestCase("\uFEFFA/ES-10/L.7\n")]
    [TestCase("A/ES-10/L.7\u00A0\u2060")]
    [TestCase("\t\u3000A/ES-10/L.7 \r\n")]
    public async Task A_pasted_symbol_gives_the_same_resolution(string symbol)
    {
        using var app = new App();
        (await app.OpenDraft(symbol: symbol)).ShouldBe("es-10-l-7");
        var resolution = await app.Viewer.GetJson("/v1/resolutions/es-10-l-7");
        resolution["symbol"]!.GetValue<string>().ShouldBe("A/ES-10/L.7");
        using var again = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.7",
                title = "Again",
                session = "es-10",
                kind = "draft",
            }
        );
        await again.ShouldBeProblem(409);
    }

    [Test]
    public async Task Texts_of_each_body_are_trimmed_and_keep_what_is_inside()
    {
        using var app = new App();
        const string padded = "\u00A0\u200B a\u00A0 b\r\n c\u200Bd \u2060\uFEFF\n";
        const string text = "a\u00A0 b\r\n c\u200Bd";
        var draft = await app.OpenDraft(new { title = padded });
        (await app.Viewer.GetJson($"/v1/resolutions/{draft}"))["title"]!.GetValue<string>().ShouldBe(text);
        using var patched = await app.Coordinator.Patch(
            $"/v1/resolutions/{draft}",
            new JsonObject { ["title"] = padded + "2" + padded }.ToJsonString()
        );
        (await patched.Json())["title"]!.GetValue<string>().ShouldEndWith("c\u200Bd");
        using var stance = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = padded,
                evidenceUrl = " https://example.org/a\n",
            }
        );
        var recorded = await stance.Json();
        recorded["note"]!.GetValue<string>().ShouldBe(text);
        recorded["evidenceUrl"]!.GetValue<string>().ShouldBe("https://example.org/a");
        using var contact = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = " NOR",
                name = padded,
                office = "mission",
                email = "\u00A0name@example.org \n",
            }
        );
        var person = await contact.Json();
        person["name"]!.GetValue<string>().ShouldBe(text, person.ToJsonString());
        person["email"]!.GetValue<string>().ShouldBe("name@example.org");
    }

    [TestCase("\u200B")]
    [TestCase(" \u00A0\r\n")]
    [TestCase("")]
    public async Task A_text_of_nothing_visible_is_empty(string title)
    {
        using var app = new App();
        using var answer = await app.Coordinator.PostAsJsonAsync(
            "/v1/resolutions",
            new
            {
                symbol = "A/ES-10/L.7",
                title,
                session = "es-10",
                kind = "draft",
            }
        );
        var problem = await answer.ShouldBeProblem(400, "title");
        problem["errors"]!["title"]!.AsArray().ShouldHaveSingleItem();
    }

    [TestCase("name@example.org", true)]
    [TestCase("first.last+tag@mission.example.org", true)]
    [TestCase("émissaire@exemple.org", true)]
    [TestCase("o'neil@example.org", true)]
    [TestCase("mailto:a@example.org", false)]
    [TestCase("First Last <a@example.org>", false)]
    [TestCase("a@example.org;b@example.org", false)]
    [TestCase("a@example.org, b@example.org", false)]
    [TestCase("a@example.org b@example.org", false)]
    [TestCase("a@b@example.org", false)]
    [TestCase("a.@example.org", false)]
    [TestCase("a@example..org", false)]
    [TestCase("a@-example.org", false)]
    [TestCase("a@example", false)]
    [TestCase("@example.org", false)]
    [TestCase("a@", false)]
    [TestCase("a@exam\u200Bple.org", false)]
    [TestCase("", false)]
    [TestCase(" ", false)]
    public async Task An_email_is_one_address_that_can_be_written_to(string email, bool isGood)
    {
        using var app = new App();
        using var answer = await app.Lobbyist.PostAsJsonAsync(
            "/v1/contacts",
            new
            {
                memberState = "NOR",
                name = "Desk",
                office = "mission",
                email,
            }
        );
        if (isGood)
        {
            ((int)answer.StatusCode).ShouldBe(201);
            return;
        }
        var problem = await answer.ShouldBeProblem(400, "email");
        var message = problem["errors"]!["email"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>();
        message.ShouldContain(email.Trim().Length == 0 ? "must not be empty" : "must be one e-mail address, such as ");
    }
}
