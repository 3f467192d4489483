using System.Text;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>Everything that is held on a person is shown, and erased.</summary>
[EveryEngine]
public sealed class ErasedPeopleTests
{
    [Test]
    public async Task The_data_of_a_person_has_the_contact_and_everything_that_names_it()
    {
        using var app = new App();
        var path = await People.Write(app);
        var data = await app.Coordinator.GetJson($"{path}/data");
        data["contact"]!["name"]!.GetValue<string>().ShouldBe($"{People.Marker} Ångström");
        data["engagements"]!.AsArray().ShouldHaveSingleItem()!["summary"]!
            .GetValue<string>()
            .ShouldContain("new summary");
        data["earlierEngagements"]!.AsArray().ShouldHaveSingleItem()!["summary"]!
            .GetValue<string>()
            .ShouldContain("the summary");
        data["tasks"]!.AsArray().ShouldHaveSingleItem()!["what"]!.GetValue<string>().ShouldContain("new task");
        data["earlierTasks"]!.AsArray().ShouldHaveSingleItem()!["what"]!.GetValue<string>().ShouldContain("the task");
        data["stances"]!.AsArray().ShouldHaveSingleItem()!["note"]!.GetValue<string>().ShouldContain("the note");
        data["comments"]!.AsArray().ShouldBeEmpty("the comment has a part of the name only");
        Addresses(data["mentions"]!.AsArray())
            .ShouldBe([
                "/v1/engagements/1",
                "/v1/engagements/1/history",
                "/v1/resolutions/es-10-l-34/co-sponsors/NOR",
                "/v1/resolutions/es-10-l-34/co-sponsors/NOR/history",
                "/v1/resolutions/es-10-l-34/stances/NOR",
                "/v1/resolutions/es-10-l-34/stances/NOR/comments",
                "/v1/resolutions/es-10-l-34/stances/NOR/history",
                "/v1/tasks/1",
                "/v1/tasks/1/history",
            ]);
        using var lobbyist = await app.Lobbyist.GetAsync($"{path}/data");
        await lobbyist.ShouldBeProblem(403);
        using var missing = await app.Coordinator.GetAsync("/v1/contacts/aaaaaaaaaaaa/data");
        await missing.ShouldBeProblem(404);
    }

    [Test]
    public async Task An_erasure_deletes_comments_with_the_whole_name_and_lists_other_texts_for_a_human()
    {
        using var app = new App();
        var path = await People.Write(app);
        const string comments = "/v1/resolutions/es-10-l-34/stances/ZAF/comments";
        foreach (
            var text in (string[])["Ask zyxwv ANGSTROM again", "Write to ZYXWV@example.org", "Nobody is named here"]
        )
        {
            using var added = await app.Coordinator.Send(HttpMethod.Post, comments, new { text });
            ((int)added.StatusCode).ShouldBe(201);
        }
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, $"{path}?report=true", ifMatch: "*");
        ((int)erased.StatusCode).ShouldBe(200);
        var report = await erased.Json();
        report["erasedComments"]!.GetValue<int>().ShouldBe(2);
        Addresses(report["mentions"]!.AsArray())
            .ShouldBe([
                "/v1/resolutions/es-10-l-34/co-sponsors/NOR",
                "/v1/resolutions/es-10-l-34/co-sponsors/NOR/history",
                "/v1/resolutions/es-10-l-34/stances/NOR",
                "/v1/resolutions/es-10-l-34/stances/NOR/comments",
                "/v1/resolutions/es-10-l-34/stances/NOR/history",
            ]);
        report["mentions"]!.AsArray().ShouldAllBe(mention => !mention!["wholeName"]!.GetValue<bool>());
        (await app.Lobbyist.GetItems(comments)).ShouldHaveSingleItem()["text"]!
            .GetValue<string>()
            .ShouldBe("Nobody is named here");
        (await app.Lobbyist.GetItems("/v1/engagements")).ShouldBeEmpty();
        (await app.Lobbyist.GetItems("/v1/tasks")).ShouldBeEmpty();
    }

    [Test]
    [OnlySqlite]
    public async Task The_name_of_an_erased_person_is_in_no_file_no_log_and_no_later_backup()
    {
        using var folder = new Folder();
        const string name = "Quetzalcoatl Vandermeer";
        await using (var service = await Service.Start(folder))
        {
            using var client = service.Client();
            using var added = await client.Send(
                HttpMethod.Post,
                "/v1/contacts",
                new
                {
                    memberState = "NOR",
                    name,
                    office = "mission",
                }
            );
            ((int)added.StatusCode).ShouldBe(201);
            Read(folder).ShouldNotContain("Quetzalcoatl", Case.Insensitive);
            using var erased = await client.Send(HttpMethod.Delete, added.Headers.Location!.ToString(), ifMatch: "*");
            ((int)erased.StatusCode).ShouldBe(204);
            var (exitCode, output) = await Service.Run(folder, ["backup", Path.Combine(folder, "later.db")]);
            exitCode.ShouldBe(0, output);
            output.ShouldContain("votetracker.db.key protects the keys of personal data");
            Read(folder).ShouldNotContain("Quetzalcoatl", Case.Insensitive);
            service.Output.ShouldNotContain("Quetzalcoatl", Case.Insensitive);
        }
    }

    // The service holds a lock on its lock file, which is empty.
    private static string Read(string folder) =>
        string.Concat(
            Directory
                .GetFiles(folder)
                .Where(file => !file.EndsWith("-lock", StringComparison.Ordinal))
                .Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file)))
        );

    private static IEnumerable<string> Addresses(System.Text.Json.Nodes.JsonArray mentions) =>
        mentions.Select(mention => mention!["address"]!.GetValue<string>());
}
