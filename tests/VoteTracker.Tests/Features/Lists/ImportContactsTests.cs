using VoteTracker.Tests.Endpoints.Tables;
using static VoteTracker.Tests.Features.Lists.ListRequests;

namespace VoteTracker.Tests.Features.Lists;

/// <summary>Contacts are imported from a list. Neither the response nor a message shows anything about a person.</summary>
[EveryEngine]
public sealed class ImportContactsTests
{
    private const string Path = "/v1/contacts";

    [Test]
    public async Task A_list_adds_contacts_and_changes_those_that_it_names()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        const string csv =
            "Country,Contact,Job title,Office,E-mail,Tel,Colour\nUK,Press office,,,press@example.org,,red\nNorway,Legal adviser,Adviser,mfa,,+47 22 24 36 00,\n";
        var before = await app.ReadAll(id);
        var tried = await app.Imported(Path, csv, "?dryRun=true");
        (await app.ReadAll(id)).ShouldBe(before);
        var done = await app.Imported(Path, csv);
        done.Changes()
            .ShouldBe(["2 GBR member_state, name, office, email", "3 NOR member_state, name, title, office, phone"]);
        tried.Changes().ShouldBe(done.Changes());
        (done.Int("added"), done.Int("lines"), done["ignoredColumns"]!.AsArray().Count).ShouldBe((2, 2, 1));
        var contacts = await app.Lobbyist.GetItems("/v1/contacts");
        contacts
            .Select(c =>
                $"{c.Text("memberState")} {c.Text("name")} {c.Text("office")} {c.Text("email")} {c.Text("phone")}"
            )
            .ShouldBe(["GBR Press office mission press@example.org ", "NOR Legal adviser ministry  +47 22 24 36 00"]);
        (await app.Imported(Path, csv)).Changes().ShouldBeEmpty();
        // By the name in another case, and by the id; an empty cell keeps the field.
        var changed = await app.Imported(
            Path,
            $"member_state,id,name,languages,email\nGBR,,PRESS OFFICE,English,\n,{contacts[1].Text("id")},Counsellor,,new@example.org\n".Replace(
                "\n,",
                "\nNOR,",
                StringComparison.Ordinal
            )
        );
        changed.Changes().ShouldBe(["2 GBR name, languages", "3 NOR name, email"]);
        changed["changes"]!.AsArray().ShouldAllBe(c => c!.Flag("isNew") == false);
        var after = await app.Lobbyist.GetItems("/v1/contacts");
        (after[0].Text("email"), after[0].Text("languages"), after[1].Text("name"), after[1].Text("phone")).ShouldBe(
            ("press@example.org", "English", "Counsellor", "+47 22 24 36 00")
        );
        (await app.Admin.GetItems("/v1/changes?limit=1000")).Count(c => c.Text("kind") == "contact").ShouldBe(4);
    }

    [Test]
    public async Task Every_wrong_line_is_named_without_its_content()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (var _ in (int[])[1, 2])
        {
            using var added = await app.Lobbyist.Send(
                HttpMethod.Post,
                Path,
                new
                {
                    memberState = "KEN",
                    name = "Desk",
                    office = "mission",
                }
            );
            added.EnsureSuccessStatusCode();
        }
        var before = await app.ReadAll(id);
        using var answer = await app.Import(
            Path,
            """
            Country,Name,Office,Email,Phone,Notes,id
            Norway,secret person,mars,,,,
            Sweden,secret person,,not-an-address,,,
            Denmark,,,secret@example.org,,,
            Kenya,Desk,,desk@example.org,,,
            Congo,secret person,,,,,
            Finland,secret person,,,,coÃ»t secret,
            Finland,SECRET PERSON,,,,,
            Ghana,secret person,,,,,nobody
            Iceland,secret person,,,,,,secret
            """
        );
        var lines = await answer.WrongLines();
        lines.ShouldBe([
            "line 2, office: must be one of mission, ministry, embassy, parliament, other; found 'mars'",
            "line 3, email: must be one e-mail address, such as name@example.org: no name before it, no 'mailto:', no second address",
            "line 4, name: is required",
            "line 5, name: belongs to 2 contacts of KEN: add the id of one in a column id",
            "line 6, member_state ('country'): must name one state; 'Congo' can be Congo (COG) or Democratic Republic of the Congo (COD)",
            "line 7, notes: was damaged by a wrong encoding; open the original file as UTF-8 and edit it again",
            "line 8, name: must be unique; the contact is also on line 7",
            "line 9, id: must be the id of a contact, or empty",
            "line 10: has a value outside the header's 7 columns",
        ]);
        string.Concat(lines).ShouldNotContain("secret");
        (await app.ReadAll(id)).ShouldBe(before);
    }

    [Test]
    public async Task The_stored_response_of_an_import_shows_no_person()
    {
        using var app = new App();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/import")
        {
            Content = new StringContent("Country,Name,Email\nNorway,Marker Person,marker@example.org\n"),
        };
        request.Content.Headers.ContentType = new("text/csv");
        request.Headers.Add("Idempotency-Key", "contacts-1");
        using var answer = await app.Lobbyist.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        text.ShouldNotContain("arker");
        app.Log.ShouldNotContain(line => line.Contains("Marker", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_viewer_imports_no_list()
    {
        using var app = new App();
        var id = await app.OpenDraft();
        foreach (var path in (string[])[Path, OfStances(id), $"/v1/resolutions/{id}/co-sponsors"])
        {
            using var content = new StringContent("Country,Name\nNorway,Desk\n");
            content.Headers.ContentType = new("text/csv");
            using var answer = await app.Viewer.PostAsync($"{path}/import", content);
            await answer.ShouldBeProblem(403);
        }
    }
}
