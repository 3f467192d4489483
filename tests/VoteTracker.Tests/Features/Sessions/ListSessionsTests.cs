namespace VoteTracker.Tests.Features.Sessions;

[EveryEngine]
public sealed class ListSessionsTests
{
    [Test]
    public async Task The_eleven_emergency_special_sessions_are_listed_in_the_order_of_their_opening()
    {
        using var app = new App();
        var sessions = await app.Anonymous.GetItems("/v1/sessions");
        sessions.Select(s => s.Text("id")).ShouldBe(Enumerable.Range(1, 11).Select(n => $"es-{n}"));
        sessions.Select(s => s.Int("number")).ShouldBe(Enumerable.Range(1, 11));
        sessions.ShouldAllBe(s => s.Flag("emergency") == true && s.Text("subject") != null);
        sessions.Where(s => s.Text("closedOn") == null).Select(s => s.Text("id")).ShouldBe(["es-10", "es-11"]);
        var pages = await app.Anonymous.GetPages("/v1/sessions?limit=3", 3);
        pages.Select(s => s.Text("id")).ShouldBe(sessions.Select(s => s.Text("id")));
    }

    [Test]
    public async Task A_session_is_shown_by_its_id_and_an_unknown_id_is_a_404()
    {
        using var app = new App();
        var session = await app.Anonymous.GetJson("/v1/sessions/es-10");
        (session.Text("openedOn"), session.Int("number")).ShouldBe(("1997-04-24", 10));
        foreach (var id in (string[])["es-12", "ES-10", "0", "010", "83", "X", "s-10", "es-10%20", "'%20OR%201=1--"])
        {
            using var answer = await app.Anonymous.GetAsync($"/v1/sessions/{id}");
            ((int)answer.StatusCode).ShouldBe(404, id);
            await answer.ShouldBeProblem(404);
        }
    }
}
