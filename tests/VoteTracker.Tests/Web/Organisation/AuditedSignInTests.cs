using VoteTracker.Tests.Features;
using VoteTracker.Tests.Features.Audit;

namespace VoteTracker.Tests.Web.Organisation;

/// <summary>The entries of people who sign in with their organisation.</summary>
[EveryEngine]
public sealed class AuditedSignInTests
{
    [Test]
    public async Task A_sign_in_has_an_entry_of_the_person_and_so_has_a_new_or_changed_role()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        var before = fixture.App.LastEntry();
        using (await fixture.SignIn(browser)) { }
        var created = fixture.App.Since(before);
        created.Select(e => e.Action).ShouldBe(["key-created", "sign-in"]);
        created.Select(e => e.Operation).Distinct().ShouldBe(["GET /signin-oidc"]);
        var person = created[1].Author;
        created[0].Target.ShouldBe($"key={person}&role=lobbyist");
        using (var admin = fixture.App.Admin)
        {
            (await admin.GetJson("/v1/api-keys")).ToJsonString().ShouldContain($"\"id\":\"{person}\"");
        }

        before = fixture.App.LastEntry();
        using (await fixture.SignIn(browser)) { }
        fixture.App.Since(before).Select(e => (e.Action, e.Author)).ShouldBe([("sign-in", person)]);

        fixture.Provider.Roles = ["leads"];
        before = fixture.App.LastEntry();
        using (await fixture.SignIn(browser)) { }
        fixture
            .App.Since(before)
            .Select(e => (e.Action, e.Author, e.Target))
            .ShouldBe([("write", person, $"key={person}&role=coordinator"), ("sign-in", person, null)]);
        (await fixture.App.Verify()).Fault.ShouldBeNull();
    }

    [Test]
    public async Task A_person_without_a_role_or_without_access_is_a_refused_right()
    {
        await using var fixture = await SignInFixture.Start();
        using var browser = fixture.Browser();
        fixture.Provider.Roles = ["other"];
        var before = fixture.App.LastEntry();
        using (await fixture.SignIn(browser)) { }
        fixture.App.Since(before).Select(e => (e.Action, e.Author)).ShouldBe([("refused-right", "anonymous")]);

        fixture.Provider.Roles = ["desk"];
        using (await fixture.SignIn(browser)) { }
        var person = AuditRequests.Entries(fixture.App.Folder)[^1].Author;
        using var admin = fixture.App.Admin;
        using (await admin.DeleteAsync($"/v1/api-keys/{person}")) { }
        before = fixture.App.LastEntry();
        using (await fixture.SignIn(browser)) { }
        fixture.App.Since(before).Select(e => (e.Action, e.Author)).ShouldBe([("refused-right", person)]);
    }
}
