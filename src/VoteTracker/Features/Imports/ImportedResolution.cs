using VoteTracker.Features.Imports.Reading;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>A text of the file as it is written.</summary>
internal sealed record ImportedResolution
{
    public ImportedResolution(VotingDataResolution text, DateTimeOffset now, Caller caller)
    {
        var head = text.Head;
        (Id, Version, At, By, ByKey) = (text.Id, 1, now, caller.Label, caller.KeyId);
        // Listed by the day of its vote: thousands of old texts must not come before the drafts of a campaign.
        var dayAfter = NewYork.StartOf(head.Day.AddDays(1));
        ListedAt = dayAfter < now ? dayAfter : now;
        (Symbol, Title, Session, Day, Url) = (head.Symbol, head.Title, head.Session.Id, head.Day, head.Url);
        // The file has adopted texts only; which majority a text of a regular session needed, it does not tell.
        Rule = EnumWord<MajorityRule>.ToWord(
            head.Session.Emergency ? MajorityRule.TwoThirds : MajorityRule.NotRecorded
        );
        (Names, Members) = (text.Names, text.Members);
        (Yes, No, Abstain, NonVoting) = (head.Yes, head.No, head.Abstain, head.NonVoting);
        (RecordId, Draft, CommitteeReport) = (head.RecordId, head.Draft, head.CommitteeReport);
        (Meeting, Agenda, Subjects, Note, Sha256) = (head.Meeting, head.Agenda, head.Subjects, text.Note, text.Sha256);
    }

    public string Id { get; init; }
    public long Version { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset ListedAt { get; }
    public string By { get; }
    public string? ByKey { get; }
    public string Symbol { get; }
    public string Title { get; }
    public string Session { get; }
    public DateOnly Day { get; }
    public string? Url { get; }
    public string Rule { get; }
    public string? Names { get; init; }
    public bool HasNames => Names is not null;
    public int Members { get; }
    public int? Yes { get; init; }
    public int? No { get; init; }
    public int? Abstain { get; init; }
    public int? NonVoting { get; init; }
    public string RecordId { get; }
    public string? Draft { get; }
    public string? CommitteeReport { get; }
    public string? Meeting { get; }
    public string? Agenda { get; }
    public string? Subjects { get; }
    public string? Note { get; }
    public string Sha256 { get; }
}
