namespace VoteTracker.Tests.Features.VoteDays;

/// <summary>The forecast of the moment of opening stays next to the votes.</summary>
[EveryEngine]
public sealed class VoteDayForecastTests
{
    [Test]
    public async Task Each_vote_is_compared_with_the_one_that_was_expected()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        await app.Lobbyist.RecordStance(draft, "ZAF", "abstain");
        var forecast = await app.Lobbyist.GetJson($"/v1/resolutions/{draft}/forecast");
        var opened = await app.Lobbyist.Opened(draft, new { startsWith = "N" });
        var first = opened["forecast"]!;
        ((double)first["probabilityBefore"]!).ShouldBe(
            (double)forecast["dependence"]!["probabilityIfIndependent"]!,
            0.0001
        );
        ((double)first["probability"]!).ShouldBe((double)first["probabilityBefore"]!, 0.0001);
        var expected = first["remaining"]!;
        ((double)expected["yes"]!).ShouldBe((double)forecast["yes"]!["expected"]!, 0.06);
        ((double)expected["no"]!).ShouldBe((double)forecast["no"]!["expected"]!, 0.06);
        var norway = opened["members"]!.AsArray().Single(member => member!.Text("memberState") == "NOR")!;
        norway.Text("expected").ShouldBe("yes");
        ((double)norway["chance"]!).ShouldBeInRange(0.9, 1);
        await app.Lobbyist.Enter(draft, "NOR no", "ZAF abstain");
        var day = await app.Lobbyist.VoteDay(draft);
        day["forecast"]!["surprises"]!.ToJsonString().ShouldBe("""["NOR"]""");
        var entered = day["forecast"]!["entered"]!;
        (
            (double)entered["yes"]!
            + (double)entered["no"]!
            + (double)entered["abstain"]!
            + (double)entered["nonVoting"]!
        ).ShouldBe(2, 0.11);
        // A stance that is recorded later does not change what was expected.
        await app.Lobbyist.RecordStance(draft, "KEN", "no");
        (await app.Lobbyist.VoteDay(draft))["forecast"]!.ToJsonString().ShouldBe(day["forecast"]!.ToJsonString());
        // Thirteen members that were expected to vote yes vote no.
        string[] turned = ["ALB", "ARG", "BHS", "BIH", "CHL", "COM", "CRI", "COD", "DMA", "FJI", "GEO", "KIR", "LBR"];
        await app.Lobbyist.Enter(draft, [.. turned.Select(state => $"{state} no")]);
        var later = (await app.Lobbyist.VoteDay(draft))["forecast"]!;
        ((double)later["probability"]!).ShouldBeLessThan((double)later["probabilityBefore"]!);
        later["surprises"]!.AsArray().Select(state => state!.GetValue<string>()).ShouldBe(["NOR", .. turned]);
    }

    [Test]
    public async Task When_all_have_voted_the_probability_is_the_result_also_after_the_confirmation()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        await app.Lobbyist.Opened(draft, new { });
        await app.EnterAll(draft, "es-10-27");
        var day = await app.Lobbyist.VoteDay(draft);
        ((double)day["forecast"]!["probability"]!).ShouldBe(1);
        ((double)day["forecast"]!["remaining"]!["yes"]!).ShouldBe(0);
        await app.Lobbyist.Done(draft, "propose");
        await app.Coordinator.Done(draft, "confirm");
        var after = await app.Lobbyist.VoteDay(draft);
        after["forecast"]!.ToJsonString().ShouldBe(day["forecast"]!.ToJsonString());
    }

    [Test]
    public async Task Without_a_stance_nothing_was_expected()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        var day = await app.Lobbyist.VoteDay(draft);
        (day["forecast"], day["members"]![0]!["expected"], day["members"]![0]!["chance"]).ShouldBe((null, null, null));
    }

    [Test]
    public async Task Before_the_first_vote_the_forecast_follows_the_stances()
    {
        using var app = new App();
        var draft = await app.OpenVoteDay();
        await app.Lobbyist.RecordStance(draft, "NOR", "yes");
        (await app.Lobbyist.Opened(draft, new { }))["forecast"].ShouldNotBeNull();
    }
}
