using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Tests.Conventions;
using VoteTracker.Tests.Features.Sharing;

namespace VoteTracker.Tests.Endpoints.Input;

/// <summary>A filter that names a session, a resolution, a state or a group which does not exist is a 400, not an empty list.</summary>
public sealed class FiltersTests
{
    private static readonly string[] Cursors = ["cursor", "after"];

    [Test]
    public async Task Every_text_parameter_rejects_a_name_that_does_not_exist()
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        using var admin = app.Admin;
        var secret = (await app.Share(draft, "positions")).Path.Split('/')[^1];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in ServedRoute.All(app).Where(r => r.Method == "GET"))
        {
            foreach (var parameter in route.Endpoint.Metadata.GetOrderedMetadata<QueryParameter>())
            {
                if (parameter is not TextParameter || parameter.Name == "q" || Cursors.Contains(parameter.Name))
                {
                    continue;
                }
                var path = route.Path(name =>
                    name switch
                    {
                        "iso3" => "NOR",
                        "format" => "csv",
                        "secret" => secret,
                        "picture" => "regions",
                        _ when route.Pattern.EndsWith("/cohesion", StringComparison.Ordinal) => "es-10-27",
                        _ => draft,
                    }
                );
                foreach (var value in (string[])["martians", "", "%E2%80%8B", "%00"])
                {
                    using var answer = await admin.GetAsync($"{path}?{parameter.Name}={value}");
                    var message = (await answer.ShouldBeProblem(400, parameter.Name))["errors"]![parameter.Name]!
                        .AsArray()
                        .ShouldHaveSingleItem()!
                        .GetValue<string>();
                    var found = SafeText.Quote(Uri.UnescapeDataString(value));
                    message.ShouldContain(value == "%00" ? "must not contain U+0000" : "must be ");
                    message.ShouldContain($"; found {found}");
                }
                seen.Add(parameter.Name);
            }
        }
        seen.ShouldBeInAnyOrder([
            "session",
            "parent",
            "group",
            "by",
            "memberState",
            "a",
            "b",
            "explain",
            "columns",
            "resolution",
            "contact",
            "assignee",
            "engagement",
            "kind",
            "author",
            "address",
        ]);
    }

    [TestCase("/v1/resolutions?session=ES-10", "session", "did you mean es-10?")]
    [TestCase("/v1/agreement?a=ZAF&session=es-100", "session", "did you mean es-10?")]
    [TestCase("/v1/export/resolutions?session=es10", "session", "did you mean es-10?")]
    [TestCase("/v1/resolutions?parent=A/RES/ES-10/27", "parent", "did you mean es-10-27?")]
    [TestCase("/v1/member-states?group=african_states", "group", "did you mean african-states?")]
    [TestCase("/v1/resolutions/es-10-27/breakdown?by=regional_group", "by", "did you mean regional-group?")]
    [TestCase("/v1/resolutions/es-10-27/cohesion?by=NAM", "by", "did you mean nam?")]
    [TestCase("/v1/agreement?a=PSE", "a", "PSE is an observer, and an observer has no vote")]
    [TestCase("/v1/contacts?memberState=SUN", "memberState", "SUN is a former member")]
    public async Task The_message_names_the_closest_name(string path, string name, string message)
    {
        using var app = new App();
        using var answer = await app.Lobbyist.GetAsync(path);
        var problem = await answer.ShouldBeProblem(400, name);
        problem["errors"]![name]!.ToJsonString().ShouldContain(message);
    }

    [Test]
    public async Task A_filter_does_not_disclose_private_resolutions()
    {
        using var app = new App();
        var draft = await app.OpenDraft(new { visibility = "private" });
        using var seen = await app.Viewer.GetAsync($"/v1/resolutions?parent={draft}");
        seen.IsSuccessStatusCode.ShouldBeTrue();
        using var hidden = await app.Anonymous.GetAsync($"/v1/resolutions?parent={draft}");
        using var missing = await app.Anonymous.GetAsync("/v1/resolutions?parent=es-10-l-35");
        var text = (await hidden.ShouldBeProblem(400, "parent")).ToJsonString();
        text.Replace(draft, "es-10-l-35", StringComparison.Ordinal)
            .ShouldBe((await missing.ShouldBeProblem(400, "parent")).ToJsonString());
    }

    [Test]
    public async Task The_code_of_a_state_is_accepted_in_any_case()
    {
        using var app = new App();
        var report = await app.Anonymous.GetJson("/v1/agreement?a=zaf&b=Nam");
        report["a"]!.GetValue<string>().ShouldBe("ZAF");
        report["b"]!.GetValue<string>().ShouldBe("NAM");
        using var same = await app.Anonymous.GetAsync("/v1/agreement?a=zaf&b=ZAF");
        await same.ShouldBeProblem(400, "b");
    }
}
