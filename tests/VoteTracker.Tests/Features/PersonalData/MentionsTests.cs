namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>The texts that may mention a person are listed, wherever they are.</summary>
[EveryEngine]
public sealed class MentionsTests
{
    [Test]
    public async Task A_coordinator_finds_a_name_in_the_views_of_all_labels_and_a_lobbyist_in_the_visible_ones()
    {
        using var app = new App();
        var contact = await People.Write(app);
        await Save(app.Lobbyist, "Zyxwv and others", new { });
        await Save(app.Coordinator, "plan", new { filter = "q=zyxwv" });
        await Save(app.Coordinator, "shared", new { filter = "q=zyxwv", shared = true });
        (await Views(app.Coordinator, contact)).ShouldBe([
            "/v1/views/Zyxwv%20and%20others?by=lobbyist",
            "/v1/views/plan",
            "/v1/views/shared",
        ]);
        using var erased = await app.Lobbyist.Send(HttpMethod.Delete, $"{contact}?report=true", ifMatch: "*");
        (await erased.Json())["mentions"]!
            .AsArray()
            .Select(mention => mention!["address"]!.GetValue<string>())
            .Where(address => address.StartsWith("/v1/views/", StringComparison.Ordinal))
            .ShouldBe(["/v1/views/Zyxwv%20and%20others", "/v1/views/shared?by=coordinator"]);
    }

    [Test]
    public async Task Nothing_of_a_deleted_view_remains_and_its_version_continues()
    {
        using var app = new App();
        await Save(app.Lobbyist, "Zyxwv", new { filter = "q=zyxwv" });
        await Save(app.Lobbyist, "other", new { });
        foreach (var name in (string[])["Zyxwv", "other"])
        {
            using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, $"/v1/views/{name}");
            (deleted.StatusCode, deleted.ETag()).ShouldBe((System.Net.HttpStatusCode.NoContent, "\"2\""));
        }
        Databases
            .Dump(app.Folder)
            .Where(row => row.Contains("zyxwv", StringComparison.OrdinalIgnoreCase))
            .ShouldBeEmpty();
        (await Save(app.Lobbyist, "Zyxwv", new { })).ShouldBe("\"3\"");
    }

    [Test]
    public async Task The_name_of_a_deleted_scenario_does_not_remain_and_its_version_continues()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var changes = new { changes = new[] { new { memberState = "NOR", position = "yes" } } };
        foreach (var name in (string[])["plan-of-zyxwv", "other"])
        {
            var path = $"/v1/resolutions/{draft}/scenarios/{name}";
            using var saved = await app.Lobbyist.Send(HttpMethod.Put, path, changes);
            saved.IsSuccessStatusCode.ShouldBeTrue(await saved.Content.ReadAsStringAsync());
            using var deleted = await app.Lobbyist.Send(HttpMethod.Delete, path);
            ((int)deleted.StatusCode).ShouldBe(204);
            Databases.Dump(app.Folder).ShouldNotContain(row => row.Contains("plan-of-zyxwv"), name);
            using var again = await app.Lobbyist.Send(HttpMethod.Put, path, changes);
            again.ETag().ShouldBe(name == "other" ? "\"7\"" : "\"3\"");
            using var last = await app.Lobbyist.Send(HttpMethod.Delete, path);
            last.IsSuccessStatusCode.ShouldBeTrue();
        }
    }

    private static async Task<string?> Save(HttpClient client, string name, object body)
    {
        using var saved = await client.Send(HttpMethod.Put, $"/v1/views/{name}", body);
        saved.IsSuccessStatusCode.ShouldBeTrue(await saved.Content.ReadAsStringAsync());
        return saved.ETag();
    }

    private static async Task<IEnumerable<string>> Views(HttpClient client, string contact) =>
        (await client.GetJson($"{contact}/data"))["mentions"]!
            .AsArray()
            .Select(mention => mention!["address"]!.GetValue<string>())
            .Where(address => address.StartsWith("/v1/views/", StringComparison.Ordinal));
}
