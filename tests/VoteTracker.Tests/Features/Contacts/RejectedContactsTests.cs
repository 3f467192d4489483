using System.Text;
using VoteTracker.Tests.Endpoints;
using static VoteTracker.Tests.Features.Contacts.ContactRequests;

namespace VoteTracker.Tests.Features.Contacts;

/// <summary>A wrong contact is rejected with every error, and changes nothing.</summary>
[EveryEngine]
public sealed class RejectedContactsTests
{
    [Test]
    public async Task A_write_with_an_old_version_gets_412_and_the_current_contact()
    {
        using var app = new App();
        var path = await Add(app);
        using var first = await app.Lobbyist.Patch(path, """{"notes": "first"}""", "\"1\"");
        first.EnsureSuccessStatusCode();
        using var second = await app.Lobbyist.Patch(path, """{"notes": "second"}""", "\"1\"");
        var conflict = await second.ShouldBeProblem(412);
        conflict["current"]!["notes"]!.GetValue<string>().ShouldBe("first");
        conflict["current"]!["version"]!.GetValue<long>().ShouldBe(2);
        using var none = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: null, ifNoneMatch: "*");
        await none.ShouldBeProblem(412);
        using var old = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: "\"1\"");
        await old.ShouldBeProblem(412);
        using var blind = await app.Lobbyist.Patch(path, """{"notes": "blind"}""", null);
        await blind.ShouldBeProblem(428);
        using var blindly = await app.Lobbyist.Send(HttpMethod.Delete, path, ifMatch: null);
        await blindly.ShouldBeProblem(428);
        (await app.Lobbyist.GetJson(path))["notes"]!.GetValue<string>().ShouldBe("first");
    }

    [Test]
    public async Task A_wrong_patch_names_every_wrong_field_and_changes_nothing()
    {
        using var app = new App();
        await Each.Run(
            ((string, string[])[])
                [
                    ("""{}""", ["body"]),
                    ("""[]""", ["body"]),
                    ("""null""", ["body"]),
                    ("", ["body"]),
                    ("""{"notes": "a", "notes": "b"}""", ["notes"]),
                    ("""{"notes": "\ud800"}""", ["notes"]),
                    ("""{"name": null}""", ["name"]),
                    ("""{"memberState": "SUN"}""", ["memberState"]),
                    (
                        """{"memberState": "nor", "office": "home", "email": "nobody"}""",
                        ["memberState", "office", "email"]
                    ),
                    ("""{"office": 0}""", ["office"]),
                    ("""{"phone": 5550100, "notes": [], "title": {}}""", ["phone", "notes", "title"]),
                    ("""{"id": "x", "version": 7}""", ["id", "version"]),
                    ("""{"notes": "a\u0000b"}""", ["notes"]),
                ],
            async wrong =>
            {
                var (json, fields) = wrong;
                var path = await Add(app);
                var before = (await app.Lobbyist.GetJson(path)).ToJsonString();
                using var answer = await app.Lobbyist.Patch(path, json, "\"1\"");
                var problem = await answer.ShouldBeProblem(400, fields);
                problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
                (await app.Lobbyist.GetJson(path)).ToJsonString().ShouldBe(before);
            }
        );
    }

    [Test]
    public async Task An_invalid_contact_gets_every_error_at_once()
    {
        using var app = new App();
        await Refused("{}", "memberState", "name", "office");
        await Refused(
            """
            {
                "memberState": "Norway", "name": "", "title": " ", "office": "Mission", "email": "@", "phone": 1,
                "languages": "", "notes": ""
            }
            """,
            "memberState",
            "name",
            "title",
            "office",
            "email",
            "phone",
            "languages",
            "notes"
        );
        await Refused($$"""{"memberState": "NOR", "office": "mission", "name": "{{new string('x', 201)}}"}""", "name");
        (await app.Lobbyist.GetJson("/v1/contacts"))["items"]!.AsArray().ShouldBeEmpty();

        async Task Refused(string json, params string[] fields)
        {
            using var body = new StringContent(json, Encoding.UTF8, "application/json");
            using var answer = await app.Lobbyist.PostAsync("/v1/contacts", body);
            var problem = await answer.ShouldBeProblem(400, fields);
            problem["errors"]!.AsObject().Select(e => e.Key).ShouldBeInAnyOrder(fields);
        }
    }
}
