namespace VoteTracker.Tests.Features.MemberStates;

[EveryEngine]
public sealed class ListGroupsTests
{
    [Test]
    public async Task Each_group_has_the_members_that_the_list_of_states_has_for_it()
    {
        using var app = new App();
        var groups = await app.Anonymous.GetItems("/v1/groups");
        groups.Count.ShouldBe(39);
        groups.Count(group => group.Text("scheme") == "regional-group").ShouldBe(5);
        foreach (var group in groups)
        {
            group.Text("name").ShouldNotBeNullOrWhiteSpace();
            var members = await app.Anonymous.GetItems($"/v1/member-states?group={group.Text("key")}");
            var observers = await app.Anonymous.GetItems($"/v1/member-states?group={group.Text("key")}&kind=observer");
            group["memberStates"]!
                .AsArray()
                .Select(code => code?.GetValue<string>())
                .ShouldBe(
                    members.Concat(observers).Select(s => s.Text("iso3")).Order(StringComparer.Ordinal),
                    group.Text("key")
                );
        }
        groups
            .Where(group => group.Text("scheme") == "regional-group")
            .Sum(group => group["memberStates"]!.AsArray().Count)
            .ShouldBe(193);
    }

    [Test]
    public async Task Memberships_with_dates_follow_the_day()
    {
        using var app = new App();
        async Task<List<string>> Union(string on) =>
            [
                .. (await app.Anonymous.GetItems($"/v1/groups?scheme=bloc&on={on}")).Single(group =>
                    group.Text("key") == "european-union"
                )["memberStates"]!
                    .AsArray()
                    .Select(code => code!.GetValue<string>()),
            ];
        (await Union("2020-01-31")).ShouldContain("GBR");
        (await Union("2020-02-01")).ShouldNotContain("GBR");
    }

    [Test]
    public async Task Seven_at_a_time_every_one_is_seen_once()
    {
        using var app = new App();
        var whole = (await app.Anonymous.GetItems("/v1/groups?scheme=bloc")).Select(g => g.Text("key")).ToList();
        whole.Count.ShouldBe(34);
        (await app.Anonymous.GetPages("/v1/groups?scheme=bloc&limit=7", 7)).Select(g => g.Text("key")).ShouldBe(whole);
    }

    [TestCase("scheme=regions", "scheme")]
    [TestCase("on=yesterday", "on")]
    public async Task A_wrong_parameter_is_named(string query, string field)
    {
        using var app = new App();
        using var answer = await app.Anonymous.GetAsync($"/v1/groups?{query}");
        await answer.ShouldBeProblem(400, field);
    }
}
