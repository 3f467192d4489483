using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>Text that tries to break the sheet: it is shown as it was written, escaped and isolated.</summary>
public sealed class HostileDeskTests : BrowserFixture
{
    private const string Hostile =
        "</li></template><script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>\" ' {{7*7}} \u202Ereversed \u2066open";

    [TestCase("en", Look.Desktop)]
    [TestCase("ar", Look.Phone)]
    public async Task Hostile_text_is_shown_as_text(string language, int width)
    {
        var app = Start();
        using var coordinator = app.Coordinator;
        var id = await coordinator.OpenDraft(new { title = Hostile, visibility = "positions" });
        id.ShouldBe(SampleDraft.Id);
        using var saved = await coordinator.Put(
            $"/v1/resolutions/{id}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = Hostile,
            }
        );
        saved.EnsureSuccessStatusCode();
        foreach (
            var (path, body) in new (string, object)[]
            {
                (
                    "/v1/tasks",
                    new
                    {
                        what = Hostile,
                        memberState = "NOR",
                        assignee = "me",
                        dueOn = "2026-11-01",
                    }
                ),
                (
                    "/v1/engagements",
                    new
                    {
                        memberState = "NOR",
                        kind = "call",
                        on = "2026-11-01",
                        summary = Hostile,
                        outcome = Hostile,
                    }
                ),
            }
        )
        {
            using var answer = await coordinator.Send(HttpMethod.Post, path, body, ifMatch: null);
            ((int)answer.StatusCode).ShouldBe(201, await answer.Content.ReadAsStringAsync());
        }
        var page = await Blank(app.Address, new Look(language, width));
        await page.OpenSheet(app, "coordinator", $"?lang={language}&q={Uri.EscapeDataString("\"><b>")}#NOR");
        await Assertions.Expect(page.Page.Locator(".card .task .what")).ToHaveTextAsync(Hostile);
        await Assertions.Expect(page.Page.Locator(".card .talk .what").First).ToHaveTextAsync(Hostile);
        await Assertions.Expect(page.Page.Locator(".card [name=note]")).ToHaveValueAsync(Hostile);
        // A newer stance of another member of the team is quoted.
        using (var lobbyist = app.Lobbyist)
        {
            using var newer = await lobbyist.Put(
                $"/v1/resolutions/{id}/stances/NOR",
                new
                {
                    position = "no",
                    certainty = "likely",
                    evidence = "call",
                    note = Hostile + "2",
                }
            );
            newer.EnsureSuccessStatusCode();
        }
        await Assertions.Expect(page.Page.Locator(".card [data-part=newer]")).ToContainTextAsync(Hostile + "2");
        (await page.Page.EvaluateAsync<string[]>(HostileTextTests.NotIsolated)).ShouldBeEmpty();
        (await page.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();

        await page.GoTo($"/desk/tasks?lang={language}");
        await page.WaitUntilReady();
        await Assertions.Expect(page.Page.Locator("[data-tasks=overdue] .what")).ToHaveTextAsync(Hostile);
        await page.Page.Locator("[data-tasks=overdue] input[type=checkbox]").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#undo")).ToContainTextAsync(Hostile);
        await page.WaitUntilSent();
        (await page.Page.EvaluateAsync<string[]>(HostileTextTests.NotIsolated)).ShouldBeEmpty();
        (await page.Page.EvaluateAsync<bool>("() => 'hacked' in window")).ShouldBeFalse();
    }
}
