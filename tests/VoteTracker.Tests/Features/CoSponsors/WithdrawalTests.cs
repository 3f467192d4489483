using VoteTracker.Tests.Features.Lists;
using static VoteTracker.Tests.Features.CoSponsors.CoSponsorRequests;

namespace VoteTracker.Tests.Features.CoSponsors;

/// <summary>A withdrawal has a day, also if the request names none.</summary>
[EveryEngine]
public sealed class WithdrawalTests
{
    [Test]
    public async Task A_withdrawal_without_a_day_is_on_the_day_of_the_write_in_New_York_and_keeps_it()
    {
        using var app = new App();
        // 02:00 UTC is the evening before in New York.
        app.Clock.Advance(TimeSpan.FromHours(11));
        var path = Path(await app.OpenDraft(), "NOR");
        using var put = await app.Lobbyist.Put(path, new { status = "withdrawn", role = "main" });
        (await put.Json()).Text("withdrawnOn").ShouldBe("2026-11-21");
        app.Clock.Advance(TimeSpan.FromDays(2));
        using var note = await app.Lobbyist.Patch(path, """{"note": "x"}""");
        (await note.Json()).Text("withdrawnOn").ShouldBe("2026-11-21");
        using var again = await app.Lobbyist.Put(path, new { status = "withdrawn", role = "main" });
        (await again.Json()).Text("withdrawnOn").ShouldBe("2026-11-21");
        using var signed = await app.Lobbyist.Patch(path, """{"status": "signed"}""");
        (await signed.Json())["withdrawnOn"].ShouldBeNull();
        using var withdrawn = await app.Lobbyist.Patch(path, """{"status": "withdrawn"}""");
        (await withdrawn.Json()).Text("withdrawnOn").ShouldBe("2026-11-23");
        using var named = await app.Lobbyist.Patch(path, """{"withdrawnOn": "2026-11-20"}""");
        (await named.Json()).Text("withdrawnOn").ShouldBe("2026-11-20");
        using var later = await app.Lobbyist.Put(
            path,
            new
            {
                status = "withdrawn",
                role = "main",
                since = "2026-12-01",
            }
        );
        (await later.Json()).Text("withdrawnOn").ShouldBe("2026-12-01", "a day is never before the first day");
    }

    [Test]
    public async Task A_list_shows_the_day_that_a_withdrawal_gets_and_clears()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await Sign(app, draft, "NOR");
        var path = $"/v1/resolutions/{draft}/co-sponsors";
        const string csv = "Country,Status\nNorway,withdrew\n";
        string[] expected = ["2 NOR status: signed → withdrawn, withdrawn_on:  → 2026-11-21"];
        (await app.Imported(path, csv, "?dryRun=true")).Changes().ShouldBe(expected);
        (await app.Imported(path, csv)).Changes().ShouldBe(expected);
        app.Clock.Advance(TimeSpan.FromDays(2));
        (await app.Imported(path, csv)).Changes().ShouldBeEmpty();
        (await app.Imported(path, "Country,Status\nNorway,signed\n"))
            .Changes()
            .ShouldBe(["2 NOR status: withdrawn → signed, withdrawn_on: 2026-11-21 → "]);
    }
}
