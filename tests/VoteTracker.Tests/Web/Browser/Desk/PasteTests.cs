using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser.Desk;

/// <summary>A table from a spreadsheet: the sheet shows every change first, imports them, and undoes the import.</summary>
public sealed class PasteTests : BrowserFixture
{
    [Test]
    public async Task A_table_is_shown_as_changes_first_then_imported_and_undone()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address, new Look(Width: Look.Phone));
        await page.OpenSheet(app);
        var yes = await page.ReadYes();
        await Paste(
            page,
            "Country\tposition\tcertainty\tevidence\tnote\tBudget\nZimbabwe\tYes\tlikely\tcall\t<b>x</b>\t7\nUruguay\tin favour\tlikely\tcall\t\t\n"
        );
        var result = page.Page.Locator("#import [data-part=result]");
        await Assertions
            .Expect(result)
            .ToContainTextAsync(page.Look.Language.Text("page.desk.import.changes", ("n", 2)));
        await Assertions.Expect(result).ToContainTextAsync("budget");
        await Assertions.Expect(result).ToContainTextAsync("Zimbabwe");
        await Assertions.Expect(result).ToContainTextAsync("Note: – → <b>x</b>");
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldNotBe("yes", "a dry run changes nothing");
        await page.Picture("desk-import");

        await result.GetByRole(AriaRole.Button).ClickAsync();
        await page.WaitForPosition("ZWE", "yes");
        (await app.Stored("ZWE"))["note"]!.GetValue<string>().ShouldBe("<b>x</b>");
        await Assertions.Expect(page.Do("undo")).ToBeVisibleAsync();
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "URY", "no");
        }
        await page.WaitForPosition("URY", "no");
        page.Expect("status of 409");
        await page.Do("undo").ClickAsync();
        // What another member of the team has changed since is named, and stays.
        await Assertions.Expect(result).ToContainTextAsync("Uruguay");
        await result.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions
            .Expect(result)
            .ToContainTextAsync(page.Look.Language.Text("page.desk.import.undone", ("n", 1)));
        await page.Page.WaitForFunctionAsync("() => !document.querySelector('#ZWE .row .mark.yes')");
        (await app.Stored("URY"))["position"]!.GetValue<string>().ShouldBe("no");
        yes.ShouldBeGreaterThan(0);
    }

    [Test]
    public async Task A_table_whose_states_have_changed_since_its_dry_run_is_not_imported()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 412");
        await page.OpenSheet(app);
        await Paste(page, "iso3,position,certainty,evidence\nZWE,no,likely,call\nURY,no,likely,call\n");
        var result = page.Page.Locator("#import [data-part=result]");
        await Assertions.Expect(result).ToContainTextAsync("Zimbabwe");
        using (var other = app.Coordinator)
        {
            await other.RecordStance(SampleDraft.Id, "ZWE", "abstain");
        }
        await result.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions.Expect(result).ToContainTextAsync(page.Look.Language.Text("page.desk.import.stale"));
        await Assertions.Expect(result).ToContainTextAsync("Zimbabwe");
        (await app.Stored("ZWE"))["position"]!.GetValue<string>().ShouldBe("abstain");
        (await app.Stored("URY"))["position"]!.GetValue<string>().ShouldNotBe("no", "all or nothing");

        // A second look shows the changes from what is stored now, and imports them.
        await result.GetByRole(AriaRole.Button).ClickAsync();
        await Assertions
            .Expect(result)
            .ToContainTextAsync(page.Look.Language.Text("page.desk.import.changes", ("n", 2)));
        await result.GetByRole(AriaRole.Button).ClickAsync();
        await page.WaitForPosition("ZWE", "no");
    }

    [Test]
    public async Task A_wrong_table_names_each_line_and_changes_nothing()
    {
        var app = Start();
        await SampleDraft.Open(app);
        var page = await Blank(app.Address);
        page.Expect("status of 400");
        await page.OpenSheet(app, "coordinator");
        await Paste(page, "iso3,position,certainty,evidence\nZWE,purple,likely,call\nXXX,yes,likely,call\n");
        var result = page.Page.Locator("#import [data-part=result]");
        await Assertions
            .Expect(result.Locator(".fault"))
            .ToHaveTextAsync(page.Look.Language.Text("page.desk.import.wrong", ("n", 2)));
        await Assertions.Expect(result).ToContainTextAsync("purple");
        await Assertions.Expect(result).ToContainTextAsync("XXX");
        await Assertions.Expect(result.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await page.Picture("desk-import-wrong");
    }

    private static async Task Paste(BrowserPage page, string table)
    {
        await page.Page.Locator("#import summary").ClickAsync();
        await page.Page.Locator("#import textarea").FillAsync(table);
        await page.Page.Locator("#import form [type=submit]").ClickAsync();
    }
}
