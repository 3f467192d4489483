using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Undo;
using static VoteTracker.Tests.Features.Gaps.GapRequests;

namespace VoteTracker.Tests.Features.Gaps;

/// <summary>A stance that was undone opens and closes no gap.</summary>
[EveryEngine]
public sealed class UndoneGapsTests
{
    [Test]
    public async Task A_slip_that_was_undone_does_not_end_the_support()
    {
        using var app = new App();
        using var ann = await app.Member("Ann");
        using var ben = await app.Member("Ben");
        var draft = await app.OpenDraft();
        const string kind = "confirmed-on-one-source";
        var first = await ann.RecordStance(draft, "NOR", "yes", "confirmed", "meeting");
        await ann.Meet(draft);
        await ben.Meet(draft);
        await ann.ShouldHaveNoGap(draft, kind);
        app.Clock.Jump(TimeSpan.FromHours(1));
        await ben.RecordStance(draft, "NOR", "no", "confirmed", "meeting");
        await ann.ShouldHaveGap(draft, kind);
        using var undone = await ben.RevertStance(draft, "NOR", new { version = first.Version() });
        await undone.Done();
        await ann.ShouldHaveNoGap(draft, kind);
    }

    [Test]
    public async Task A_report_that_was_undone_or_deleted_does_not_conflict()
    {
        using var app = new App();
        using var ann = await app.Member("Ann");
        using var ben = await app.Member("Ben");
        var draft = await app.OpenDraft();
        const string kind = "conflicting-reports";
        var first = await ann.RecordStance(draft, "NOR", "yes");
        await ben.RecordStance(draft, "NOR", "no");
        await ann.ShouldHaveGap(draft, kind);
        using var undone = await ben.RevertStance(draft, "NOR", new { version = first.Version() });
        await undone.Done();
        await ann.ShouldHaveNoGap(draft, kind);
        await ben.RecordStance(draft, "NOR", "no");
        await ann.ShouldHaveGap(draft, kind);
        using var deleted = await ben.Send(HttpMethod.Delete, $"/v1/resolutions/{draft}/stances/NOR");
        ((int)deleted.StatusCode).ShouldBe(204);
        await ann.ShouldHaveNoGap(draft, kind);
    }
}
