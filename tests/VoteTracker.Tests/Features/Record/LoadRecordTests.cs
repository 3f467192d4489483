namespace VoteTracker.Tests.Features.Record;

public sealed class LoadRecordTests
{
    [Test]
    public async Task The_first_curl_shows_something_real()
    {
        using var app = new App();
        var tally = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        tally["yes"]!.GetValue<int>().ShouldBe(149);
        tally["no"]!.GetValue<int>().ShouldBe(12);
        tally["abstain"]!.GetValue<int>().ShouldBe(19);
        tally["reached"]!.GetValue<bool>().ShouldBeTrue();
        tally["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }
}
