using System.Net;

namespace VoteTracker.Tests.Features.Sharing;

/// <summary>Blocs overlap, so their counts can name a member.</summary>
[EveryEngine]
public sealed class SharedBlocsTests
{
    [TestCase("/breakdown?by=bloc")]
    [TestCase("/breakdown?by=nam")]
    [TestCase("/regions.svg?by=bloc")]
    public async Task Counts_of_blocs_can_name_a_member_so_the_scope_tally_has_none(string data)
    {
        using var app = new App();
        var id = await app.OpenDraft();
        using var anonymous = app.Anonymous;
        var (counts, names) = (await app.Share(id), await app.Share(id, "positions"));
        using var narrow = await anonymous.GetAsync(counts.Path + data);
        (await narrow.ShouldBeProblem(403)).Text("type").ShouldBe("/problems/scope-too-narrow");
        using var wide = await anonymous.GetAsync(names.Path + data);
        wide.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
