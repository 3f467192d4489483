namespace VoteTracker.Tests.Endpoints;

/// <summary>Tags that a proxy has made weak or altered, in `If-Match`.</summary>
public sealed class WeakTagTests
{
    [TestCase("W/\"{0}\"")]
    [TestCase("\"{0}-gzip\"")]
    [TestCase("W/\"{0}-gzip\"")]
    [TestCase("\"{0}--gzip\"")]
    [TestCase("\"1\", W/\"{0}\"")]
    public async Task A_weak_tag_of_the_current_version_is_a_412_that_names_the_weak_tag(string ifMatch)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        var version = (await app.Lobbyist.RecordStance(draft, "NOR", "no"))["version"]!.GetValue<long>();
        using var answer = await app.Lobbyist.Put(
            $"/v1/resolutions/{draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
            },
            string.Format(null, ifMatch, version)
        );
        var problem = await answer.ShouldBeProblem(412);
        problem["type"]!.GetValue<string>().ShouldBe("/problems/weak-tag");
        problem["title"]!.GetValue<string>().ShouldContain("weak");
        problem["detail"]!.GetValue<string>().ShouldContain($"If-Match: \"{version}\"");
        problem["current"]!["version"]!.GetValue<long>().ShouldBe(version);
    }

    [TestCase("W/\"1\"")]
    [TestCase("\"1-gzip\"")]
    [TestCase("\"99-gzip\"")]
    public async Task A_tag_of_another_version_is_a_conflict(string ifMatch)
    {
        using var app = new App();
        var draft = await app.OpenDraft();
        await app.Lobbyist.RecordStance(draft, "NOR", "no");
        using var answer = await app.Lobbyist.Send(
            HttpMethod.Delete,
            $"/v1/resolutions/{draft}/stances/NOR",
            body: null,
            ifMatch
        );
        (await answer.ShouldBeProblem(412))["type"]!.GetValue<string>().ShouldBe("/problems/version-conflict");
    }
}
