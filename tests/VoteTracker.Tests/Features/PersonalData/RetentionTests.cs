using VoteTracker.Tests.Features.Contacts;

namespace VoteTracker.Tests.Features.PersonalData;

/// <summary>The retention period erases contacts that were not used for some days.</summary>
[EveryEngine]
public sealed class RetentionTests
{
    [Test]
    public async Task A_contact_that_was_not_used_is_announced_and_then_erased()
    {
        using var app = new App(settings: new() { ["ContactDays"] = "60" });
        var unused = await ContactRequests.Add(app);
        var used = await ContactRequests.Add(app, "ZAF");
        app.Clock.Jump(TimeSpan.FromDays(40));
        using var talk = await app.Lobbyist.Send(
            HttpMethod.Post,
            $"{used}/engagements",
            new
            {
                kind = "call",
                on = "2026-12-30",
                summary = "They will vote yes",
            }
        );
        ((int)talk.StatusCode).ShouldBe(201);
        var report = await app.Coordinator.GetJson("/v1/retention");
        report["contactDays"]!.GetValue<int>().ShouldBe(60);
        report["lastRun"].ShouldBeNull();
        var due = report["due"]!.AsArray().ShouldHaveSingleItem()!;
        $"/v1/contacts/{due["contact"]}".ShouldBe(unused);
        due["erasedFrom"]!.GetValue<string>().ShouldStartWith("2027-01-20");
        app.Clock.Jump(TimeSpan.FromDays(25));
        using var deadline = new CancellationTokenSource(Hang.Limit);
        while ((await app.Lobbyist.GetItems("/v1/contacts")).Count > 1)
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(20, deadline.Token);
        }
        (await app.Lobbyist.GetJson(used))["memberState"]!.GetValue<string>().ShouldBe("ZAF");
        while ((await app.Coordinator.GetJson("/v1/retention"))["lastRun"] is null)
        {
            await Task.Delay(10, deadline.Token);
        }
        (await app.Coordinator.GetJson("/v1/retention"))["lastRun"]!["contacts"]!.GetValue<int>().ShouldBe(1);
        app.Log.ShouldContain(line =>
            line.Contains("The retention period erased 1 contacts", StringComparison.Ordinal)
        );
    }

    [Test]
    public async Task Nothing_is_erased_if_the_clock_jumped_further_than_the_retention_period()
    {
        using var app = new App(settings: new() { ["ContactDays"] = "60", ["KeyDays"] = "0" });
        await ContactRequests.Add(app);
        app.Clock.Jump(TimeSpan.FromDays(400));
        using var deadline = new CancellationTokenSource(Hang.Limit);
        while (!app.Log.Any(line => line.Contains("The retention period was not applied", StringComparison.Ordinal)))
        {
            app.Clock.Advance(TimeSpan.FromHours(1));
            await Task.Delay(20, deadline.Token);
        }
        (await app.Lobbyist.GetItems("/v1/contacts")).Count.ShouldBe(1);
    }
}
