using Microsoft.Playwright;
using static VoteTracker.Tests.Security.KeyRequests;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>A session that ends while a page is open: the page asks for the key, and edits stay those of their author.</summary>
public sealed class SessionEndsTests : BrowserFixture
{
    private const string Me = "**/v1/me";

    [Test]
    public async Task A_key_that_is_revoked_while_its_sheet_is_open_is_asked_for_without_an_edit()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using (var coordinator = app.Coordinator)
        {
            (
                await coordinator.Patch($"/v1/resolutions/{SampleDraft.Id}", """{"visibility": "private"}""")
            ).EnsureSuccessStatusCode();
        }
        var page = await OpenAsAnn(app);
        await Revoke(app, "ann");
        var dialog = page.Page.Locator("#sign-in-again");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await page.Picture("desk-key-again");
        await dialog.Locator("input").FillAsync("vt_nobody-has-this-key-nobody-has-this-key-0000");
        await dialog.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(dialog.Locator(".fault")).ToBeVisibleAsync();
        // After "later", the page says how to go on.
        await dialog.Locator("[data-do=later]").ClickAsync();
        await Assertions.Expect(page.Connection()).ToContainTextAsync(page.Look.Language.Text("page.live.ended"));
        await Assertions
            .Expect(page.Connection().Locator("a"))
            .ToHaveAttributeAsync("href", $"/sign-in?return={Uri.EscapeDataString(Sheet.Path)}");
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    [Test]
    public async Task A_new_key_of_the_same_person_sends_the_edit()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await OpenAsAnn(app);
        await AnswerAs(page, "ann");
        await page.Row("ZWE").ClickAsync();
        await page.Page.Locator(".card [name=reason]").FillAsync("A reason");
        using var admin = app.Admin;
        using var rotated = await admin.Send(
            HttpMethod.Post,
            $"/v1/api-keys/{await IdOf(app, "ann")}/rotate",
            new { graceMinutes = 0 },
            ifMatch: null
        );
        var key = (await rotated.Json())["key"]!.GetValue<string>();
        app.Clock.Jump(TimeSpan.FromMinutes(1));
        await page.Choice("position", "yes").ClickAsync();
        await page.Page.UnrouteAsync(Me);
        var dialog = page.Page.Locator("#sign-in-again");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await dialog.Locator("input").FillAsync(key);
        await dialog.Locator("[type=submit]").ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await page.WaitUntilSent();
        var stored = await app.Stored("ZWE");
        stored["position"]!.GetValue<string>().ShouldBe("yes");
        stored["changedBy"]!.GetValue<string>().ShouldBe("ann");
    }

    [Test]
    public async Task The_key_of_another_person_does_not_send_the_edits_of_the_first()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var before = (await app.Stored("ZWE"))["version"]!.GetValue<long>();
        var ann = await NewKey(app, new { label = "ann", role = "lobbyist" });
        var bob = await NewKey(app, new { label = "bob", role = "lobbyist" });
        var page = await OpenAs(app, ann);
        page.Expect("status of 403");
        await AnswerAs(page, "ann");
        await SignOutInAnotherTab(page);
        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await page.Page.UnrouteAsync(Me);
        var dialog = page.Page.Locator("#sign-in-again");
        await Assertions.Expect(dialog).ToBeVisibleAsync();
        await dialog.Locator("input").FillAsync(bob);
        await dialog.Locator("[type=submit]").ClickAsync();

        // The page is that of the other person, and says whose edit is kept.
        await Assertions.Expect(page.Page.Locator("[data-me=bob]")).ToBeAttachedAsync();
        await Assertions.Expect(page.Banner()).ToContainTextAsync("ann");
        await page.Picture("desk-foreign");
        await page.Row("YEM").ClickAsync();
        await page.Choice("position", "undecided").ClickAsync();
        await page.WaitUntilSent();
        (await app.Stored("YEM"))["changedBy"]!.GetValue<string>().ShouldBe("bob");
        (await app.Stored("ZWE"))["version"]!.GetValue<long>().ShouldBe(before, "the edit of ann waits for ann");

        await SignOutInAnotherTab(page);
        await page.SignInWith(ann);
        await page.GoTo(Sheet.Path);
        await page.WaitUntilReady();
        await page.WaitUntilSent();
        await page.WaitForPosition("ZWE", "yes");
        (await app.Stored("ZWE"))["changedBy"]!.GetValue<string>().ShouldBe("ann");
    }

    [Test]
    public async Task Edits_of_another_person_are_discarded_with_a_second_tap()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        await page.OpenSheetOffline(app);
        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitForEdits(1);
        await page.Page.GotoAsync("about:blank");
        await page.Page.Context.SetOfflineAsync(false);
        await page.SignInWith(await NewKey(app, new { label = "bob", role = "lobbyist" }));
        await page.GoTo("/desk/tasks");
        await page.WaitUntilReady();
        await page.Banner().GetByText("Discard").ClickAsync();
        (await page.Page.EvaluateAsync<int>("() => localStorage.length")).ShouldBe(1);
        await page.Banner().GetByText("Discard 1 edit").ClickAsync();
        await Assertions.Expect(page.Banner()).ToBeHiddenAsync();
        (await page.Page.EvaluateAsync<int>("() => localStorage.length")).ShouldBe(0);
    }

    [Test]
    public async Task An_edit_after_a_new_sign_in_in_another_tab_is_sent_with_the_new_proof()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var key = await NewKey(app, new { label = "ann", role = "lobbyist" });
        var page = await OpenAs(app, key);
        page.Expect("status of 403");
        await AnswerAs(page, "ann");
        await SignOutInAnotherTab(page);
        var tab = await page.Page.Context.NewPageAsync();
        await tab.GotoAsync("/sign-in");
        await tab.Locator("#key").FillAsync(key);
        await tab.Locator("main form [type=submit]").ClickAsync();
        await tab.WaitForURLAsync(url => !url.Contains("/sign-in", StringComparison.Ordinal));
        await page.Row("ZWE").ClickAsync();
        await page.Choice("position", "yes").ClickAsync();
        await page.WaitUntilSent();
        await page.Page.UnrouteAsync(Me);
        await Assertions.Expect(page.Banner()).ToBeHiddenAsync();
        (await app.Stored("ZWE"))["changedBy"]!.GetValue<string>().ShouldBe("ann");
    }

    [Test]
    public async Task A_redraw_that_fails_is_repeated()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("ERR_FAILED");
        await page.OpenSheet(app);
        var failures = 0;
        await page.Page.RouteAsync(
            "**/desk/*only=ZWE*",
            route => ++failures == 1 ? route.AbortAsync() : route.ContinueAsync()
        );
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "ZWE", "no");
        }
        await page.WaitForPosition("ZWE", "no");
        failures.ShouldBeGreaterThan(1);
    }

    [Test]
    public async Task A_page_of_a_private_draft_says_that_the_session_has_ended_and_links_to_the_sign_in()
    {
        var app = Start();
        await SampleDraft.Open(app);
        using (var coordinator = app.Coordinator)
        {
            (
                await coordinator.Patch($"/v1/resolutions/{SampleDraft.Id}", """{"visibility": "private"}""")
            ).EnsureSuccessStatusCode();
        }
        var page = await Blank(app.Address, new Look("ar", Look.Phone));
        page.Expect("status of 404");
        page.Expect("ERR_INCOMPLETE_CHUNKED_ENCODING");
        await page.SignInWith(await NewKey(app, new { label = "ann", role = "viewer" }));
        await page.GoTo($"/resolutions/{SampleDraft.Id}?lang=ar");
        await page.WaitForConnection("page.live.on");
        await Assertions.Expect(page.Connection().Locator("a")).ToBeHiddenAsync();
        await Revoke(app, "ann");
        await page.WaitForConnection("page.live.ended");
        await page.Connection().Locator("a").ClickAsync();
        await Assertions.Expect(page.Page.Locator("#key")).ToBeVisibleAsync();
        page.Page.Url.ShouldContain("lang=ar");
    }

    private async Task<BrowserPage> OpenAsAnn(App app) =>
        await OpenAs(app, await NewKey(app, new { label = "ann", role = "lobbyist" }));

    private async Task<BrowserPage> OpenAs(App app, string key)
    {
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        page.Expect("status of 401");
        page.Expect("status of 404");
        page.Expect("ERR_INCOMPLETE_CHUNKED_ENCODING");
        await page.SignInWith(key);
        await page.GoTo(Sheet.Path);
        await page.WaitUntilReady();
        return page;
    }

    // The page asks every five seconds whether the session has ended, and its dialog would cover the row.
    private static Task AnswerAs(BrowserPage page, string label) =>
        page.Page.RouteAsync(
            Me,
            route =>
                route.FulfillAsync(new() { ContentType = "application/json", Body = $$"""{"label":"{{label}}"}""" })
        );

    private static async Task SignOutInAnotherTab(BrowserPage page)
    {
        var tab = await page.Page.Context.NewPageAsync();
        await tab.GotoAsync("/");
        await tab.Locator("form[action='/sign-out'] button").ClickAsync();
        await Assertions.Expect(tab.Locator("form[action='/sign-out']")).ToHaveCountAsync(0);
        await tab.CloseAsync();
    }

    private static async Task Revoke(App app, string label)
    {
        using var admin = app.Admin;
        (await admin.DeleteAsync($"/v1/api-keys/{await IdOf(app, label)}")).EnsureSuccessStatusCode();
    }

    private static async Task<string> IdOf(App app, string label)
    {
        using var admin = app.Admin;
        var keys = (await admin.GetJson("/v1/api-keys"))["items"]!.AsArray();
        return keys.Single(k => k!["label"]!.GetValue<string>() == label)!["id"]!.GetValue<string>();
    }
}
