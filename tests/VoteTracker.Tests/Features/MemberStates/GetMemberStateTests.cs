namespace VoteTracker.Tests.Features.MemberStates;

[EveryEngine]
public sealed class GetMemberStateTests
{
    [Test]
    public async Task A_member_and_an_observer_are_shown_as_the_list_shows_them()
    {
        using var app = new App();
        var listed = (await app.Anonymous.GetItems("/v1/member-states")).Single(s => s.Text("iso3") == "FRA");
        (await app.Anonymous.GetJson("/v1/member-states/FRA")).ToJsonString().ShouldBe(listed.ToJsonString());
        var observer = await app.Anonymous.GetJson("/v1/member-states/PSE");
        (observer.Text("kind"), observer.Flag("mayVote")).ShouldBe(("observer", false));
    }

    [Test]
    public async Task On_another_day_it_shows_whether_it_was_a_member_then()
    {
        using var app = new App();
        (await app.Anonymous.GetJson("/v1/member-states/SSD?on=2011-07-13")).Flag("mayVote").ShouldBe(false);
        (await app.Anonymous.GetJson("/v1/member-states/SSD?on=2011-07-14")).Flag("mayVote").ShouldBe(true);
    }

    [Test]
    public async Task Unknown_codes_lower_case_codes_and_former_members_are_a_404()
    {
        using var app = new App();
        foreach (var iso3 in (string[])["XXX", "SUN", "DDR", "FR", "FRA%20", "'%20OR%201=1--", "%E6%B3%95"])
        {
            foreach (var rest in (string[])["", "/ineligibility", "?on=1990-01-01"])
            {
                using var answer = await app.Anonymous.GetAsync($"/v1/member-states/{iso3}{rest}");
                ((int)answer.StatusCode).ShouldBe(404, iso3 + rest);
                await answer.ShouldBeProblem(404);
            }
        }
    }
}
