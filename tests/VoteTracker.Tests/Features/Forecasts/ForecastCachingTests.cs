using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using VoteTracker.Database;
using VoteTracker.Voting.Rules;
using static VoteTracker.Tests.Features.Forecasts.GetForecastTests;

namespace VoteTracker.Tests.Features.Forecasts;

/// <summary>When a forecast is computed again, what caches may store, and its settings.</summary>
[EveryEngine]
public sealed class ForecastCachingTests
{
    [Test]
    public async Task A_forecast_is_cached_until_a_change()
    {
        var clock = Clocks.NewYorkMorning();
        using var app = new App(clock);
        var draft = await app.OpenDraft(new { baseline = "es-11-3" });
        var other = await app.OpenDraft(symbol: "A/ES-10/L.35");
        var path = $"/v1/resolutions/{draft}/forecast";
        var (tag, before) = await Tagged(app, path);

        (await Known(app, path, tag)).ShouldBeTrue();
        // A stance on another resolution does not change it.
        await app.Lobbyist.RecordStance(other, "ZAF", "no");
        (await Known(app, path, tag)).ShouldBeTrue();
        (await Tagged(app, path)).Body.ShouldBe(before);

        await app.Lobbyist.RecordStance(draft, "ZAF", "no");
        (await Known(app, path, tag)).ShouldBeFalse();
        var (changed, after) = await Tagged(app, path);
        Number(State(JsonNode.Parse(after)!, "ZAF"), "no").ShouldBe(0.97, 1e-12);

        // A roll call that the campaign entered is part of the record only on request.
        var all = path + "?source=all";
        var (withoutIt, _) = await Tagged(app, all);
        using var recorded = await app.Coordinator.Put(
            $"/v1/resolutions/{other}/roll-call?missing=non-voting",
            new
            {
                recordedOn = "2026-11-20",
                votes = new[] { new { memberState = "USA", vote = "yes" }, new { memberState = "GBR", vote = "no" } },
            }
        );
        recorded.StatusCode.ShouldBe(HttpStatusCode.Created, await recorded.Content.ReadAsStringAsync());
        (await Known(app, path, changed)).ShouldBeTrue();
        (await Known(app, all, withoutIt)).ShouldBeFalse();
        var (withIt, report) = await Tagged(app, all);
        JsonNode.Parse(report)!["rollCalls"]!.GetValue<int>().ShouldBe(35);

        // The same applies to its correction.
        using var corrected = await app.Coordinator.Put(
            $"/v1/resolutions/{other}/roll-call?missing=non-voting",
            new { recordedOn = "2026-11-20", votes = new[] { new { memberState = "USA", vote = "abstain" } } }
        );
        corrected.IsSuccessStatusCode.ShouldBeTrue(await corrected.Content.ReadAsStringAsync());
        (await Known(app, all, withIt)).ShouldBeFalse();
        (withIt, report) = await Tagged(app, all);
        JsonNode.Parse(report)!["rollCalls"]!.GetValue<int>().ShouldBe(35);

        clock.Jump(TimeSpan.FromDays(1));
        (await Known(app, all, withIt)).ShouldBeFalse();
        (await Known(app, path, changed)).ShouldBeFalse();
    }

    [Test]
    public async Task Other_settings_change_the_forecast_and_its_ETag()
    {
        var tags = new List<string>();
        foreach (var held in (string[])["0.85", "0.8", "0.85"])
        {
            using var app = new App(
                Clocks.NewYorkMorning(),
                settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["LikelyHeld"] = held }
            );
            var draft = await app.OpenDraft(new { baseline = "es-11-3" });
            tags.Add((await Tagged(app, $"/v1/resolutions/{draft}/forecast")).Tag);
        }
        tags[1].ShouldNotBe(tags[0]);
        tags[2].ShouldBe(tags[0]);
    }

    [Test]
    public async Task Shared_caches_never_store_a_forecast()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "positions" });
        using var answer = await app.Viewer.GetAsync($"/v1/resolutions/{draft}/forecast");
        answer.Headers.CacheControl!.ToString().ShouldContain("no-store");
        answer.Headers.CacheControl.ToString().ShouldContain("private");
        using var anonymous = await app.Anonymous.GetAsync($"/v1/resolutions/{draft}/forecast");
        await anonymous.ShouldBeProblem(401);
    }

    [AnyEngine]
    [TestCase("ConfirmedHeld", "1.1")]
    [TestCase("LeaningHeld", "-0.1")]
    [TestCase("LikelyHeld", "NaN")]
    [TestCase("LikelyHalfLifeDays", "0")]
    [TestCase("RestAbsent", "0.5")]
    public void Invalid_settings_of_forecasts_end_the_start(string setting, string value)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(setting, value)])
            .Build();
        Should.Throw<SettingException>(() => Settings.From(configuration)).Message.ShouldContain(setting);
    }

    private static async Task<(string Tag, string Body)> Tagged(App app, string path)
    {
        using var answer = await app.Viewer.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (answer.Headers.ETag!.ToString(), await answer.Content.ReadAsStringAsync());
    }

    private static async Task<bool> Known(App app, string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("If-None-Match", tag).ShouldBeTrue();
        using var answer = await app.Viewer.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.NotModified;
    }
}
