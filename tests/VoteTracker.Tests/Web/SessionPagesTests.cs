using VoteTracker.Localization;
using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Sessions;

namespace VoteTracker.Tests.Web;

public sealed class SessionPagesTests
{
    [Test]
    public async Task The_page_of_a_session_shows_how_it_convened_its_vetoes_and_its_resolutions()
    {
        using var app = new App();
        await app.Coordinator.Add(
            "/v1/council-vetoes",
            new
            {
                draft = "S/2022/155",
                on = "2022-02-25",
                subject = "<b>A question</b>",
                against = (string[])["RUS"],
                session = "es-11",
            }
        );
        var page = await app.Anonymous.GetStringAsync("/sessions/es-11");
        page.ShouldContain("11 members of the Security Council voted for the session; 9 were needed.");
        page.ShouldContain("S/RES/2623 (2022)");
        page.ShouldContain("S/2022/155");
        page.ShouldContain("&lt;b&gt;A question&lt;/b&gt;");
        page.ShouldContain("/resolutions/es-11-1\"");
        page.ShouldContain("28 February 2022");
        (await app.Anonymous.GetStringAsync("/sessions")).ShouldContain("/sessions/es-11");
        foreach (var language in Language.All)
        {
            (await app.Anonymous.GetStringAsync($"/sessions/es-11?lang={language.Code}")).ShouldContain(
                language.Text("page.session.council")
            );
        }
    }

    [Test]
    public async Task A_requested_session_has_a_page_for_viewers_and_shows_the_requests_by_region()
    {
        using var app = new App();
        await app.AddSession();
        await app.RecordRequest("NOR");
        var page = await app.Viewer.GetStringAsync("/sessions/es-12");
        page.ShouldContain("1 of 193 members requests the session; a majority is 97. 96 more requests are needed.");
        page.ShouldContain("/states/NOR");
        page.ShouldContain("Western European and other States", Case.Insensitive);
        (await app.Viewer.GetStringAsync("/sessions")).ShouldContain("/sessions/es-12");
        (await app.Anonymous.GetStringAsync("/sessions")).ShouldNotContain("es-12", Case.Insensitive);
        using var hidden = await app.Anonymous.GetAsync("/sessions/es-12");
        ((int)hidden.StatusCode).ShouldBe(404);
        (await hidden.Content.ReadAsStringAsync()).ShouldNotContain("A question");
    }
}
