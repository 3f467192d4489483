using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Features.MemberStates;

[EveryEngine]
public sealed class ListMemberStatesTests
{
    [Test]
    public async Task The_193_members_of_today_have_their_six_names_and_a_region()
    {
        using var app = new App();
        var states = await app.Anonymous.GetItems("/v1/member-states");
        states.Count.ShouldBe(193);
        Codes(states).ShouldBe(Codes(states).Order(StringComparer.Ordinal));
        foreach (var state in states)
        {
            state.Text("kind").ShouldBe("member");
            state.Flag("mayVote").ShouldBe(true);
            state.Text("on").ShouldBe("2026-11-21");
            foreach (var language in (string[])["ar", "en", "es", "fr", "ru", "zh"])
            {
                state["names"]!.Text(language).ShouldNotBeNullOrWhiteSpace($"{state.Text("iso3")} {language}");
            }
            state.Text("regionalGroup").ShouldNotBeNull(state.Text("iso3"));
        }
        var zaf = states.Single(s => s.Text("iso3") == "ZAF");
        (zaf.Text("iso2"), zaf.Text("m49"), zaf.Text("memberFrom"), zaf.Text("regionalGroup")).ShouldBe(
            ("ZA", "710", "1945-11-07", "african-states")
        );
        zaf["blocs"]!.AsArray().Select(b => b!.GetValue<string>()).ShouldContain("nam");
    }

    [Test]
    public async Task The_five_regional_groups_partition_the_members()
    {
        using var app = new App();
        var found = new List<string?>();
        var sizes = new List<int>();
        foreach (
            var group in (string[])
                [
                    "african-states",
                    "asia-pacific-states",
                    "eastern-european-states",
                    "latin-american-and-caribbean-states",
                    "western-european-and-other-states",
                ]
        )
        {
            var codes = Codes(await app.Anonymous.GetItems($"/v1/member-states?group={group}"));
            sizes.Add(codes.Count);
            found.AddRange(codes);
        }
        found.ShouldBeUnique();
        found.ShouldBeInAnyOrder(Codes(await app.Anonymous.GetItems("/v1/member-states")));
        (sizes[0], sizes[2], sizes[3]).ShouldBe((54, 23, 33));
    }

    [TestCase("1945-10-23", 0)]
    [TestCase("1990-01-01", 159)]
    [TestCase("1997-04-24", 185)]
    [TestCase("2011-07-13", 192)]
    [TestCase("2011-07-14", 193)]
    public async Task The_list_has_the_members_of_the_day(string on, int members)
    {
        using var app = new App();
        var states = await app.Anonymous.GetItems($"/v1/member-states?on={on}");
        states.Count.ShouldBe(members);
        states.ShouldAllBe(s => s.Text("on") == on && s.Flag("mayVote") == true);
    }

    [Test]
    public async Task On_a_day_of_1990_the_Soviet_Union_and_the_GDR_are_members()
    {
        using var app = new App();
        var codes = Codes(await app.Anonymous.GetItems("/v1/member-states?on=1990-01-01"));
        foreach (var member in (string[])["SUN", "DDR", "YMD", "YUG", "CSK", "DEU"])
        {
            codes.ShouldContain(member);
        }
        foreach (var later in (string[])["RUS", "NAM", "KOR", "SVN", "CZE"])
        {
            codes.ShouldNotContain(later);
        }
        Codes(await app.Anonymous.GetItems("/v1/member-states?on=1990-10-02")).ShouldContain("DDR");
        Codes(await app.Anonymous.GetItems("/v1/member-states?on=1990-10-03")).ShouldNotContain("DDR");
    }

    [Test]
    public async Task A_member_does_not_sit_during_a_break_of_its_membership()
    {
        using var app = new App();
        async Task<bool> Sits(string iso3, string on) =>
            Codes(await app.Anonymous.GetItems($"/v1/member-states?on={on}")).Contains(iso3);
        (await Sits("IDN", "1965-01-19")).ShouldBeTrue();
        (await Sits("IDN", "1965-01-20")).ShouldBeFalse();
        (await Sits("IDN", "1966-09-27")).ShouldBeFalse();
        (await Sits("IDN", "1966-09-28")).ShouldBeTrue();
        (await Sits("SYR", "1960-01-01")).ShouldBeFalse();
    }

    [Test]
    public async Task Observers_and_former_members_are_listed_by_kind()
    {
        using var app = new App();
        var observers = await app.Anonymous.GetItems("/v1/member-states?kind=observer");
        Codes(observers).ShouldBe(["PSE", "VAT"]);
        observers.ShouldAllBe(o => o.Flag("mayVote") == false);
        Codes(await app.Anonymous.GetItems("/v1/member-states?kind=former"))
            .ShouldBe(["CSK", "DDR", "SCG", "SUN", "YMD", "YUG", "ZZB"]);
    }

    [Test]
    public async Task Groups_with_dates_follow_the_day()
    {
        using var app = new App();
        async Task<List<string?>> Union(string on) =>
            Codes(await app.Anonymous.GetItems($"/v1/member-states?group=european-union&on={on}"));
        (await Union("2020-01-31")).ShouldContain("GBR");
        (await Union("2020-02-01")).ShouldNotContain("GBR");
        (await Union("2026-11-21")).Count.ShouldBe(27);
    }

    [Test]
    public async Task Its_pages_show_every_member_once()
    {
        using var app = new App();
        var whole = Codes(await app.Anonymous.GetItems("/v1/member-states"));
        Codes(await app.Anonymous.GetPages("/v1/member-states?limit=50", 50)).ShouldBe(whole);
        Codes(await app.Anonymous.GetPages("/v1/member-states?limit=7&on=1990-01-01", 7)).Count.ShouldBe(159);
    }

    [Test]
    public async Task A_wrong_day_group_or_kind_is_a_400_that_names_each()
    {
        using var app = new App();
        foreach (var on in (string[])["today", "2026-02-30", "2026-11-21T10:00:00Z", "21.11.2026", ""])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/member-states?on={on}");
            ((int)answer.StatusCode).ShouldBe(400, on);
            await answer.ShouldBeProblem(400, "on");
        }
        using var all = await app.Anonymous.GetAsync("/v1/member-states?on=x&group=y&kind=z");
        (await all.ShouldBeProblem(400))["errors"]!
            .AsObject()
            .Select(e => e.Key)
            .ShouldBeInAnyOrder(["on", "group", "kind"]);
    }

    private static List<string?> Codes(IEnumerable<JsonNode> states) => [.. states.Select(s => s.Text("iso3"))];
}
