using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>A resolution as the database returns it for an export, with its roll call if there is one.</summary>
internal sealed record RecordRow
{
    public string Resolution { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public string Session { get; init; } = "";
    public string Kind { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Status { get; init; } = "";
    public DateOnly? VoteOn { get; init; }
    public string? RecordUrl { get; init; }
    public long? Version { get; init; }
    public bool? HasNames { get; init; }
    public string? Names { get; init; }
    public int? Members { get; init; }
    public int? AnnouncedYes { get; init; }
    public int? AnnouncedNo { get; init; }
    public int? AnnouncedAbstain { get; init; }
    public int? AnnouncedNonVoting { get; init; }
    public DateOnly? RecordedOn { get; init; }
    public string? Source { get; init; }

    public ResolutionExportRow ToExport()
    {
        var counts = HasNames == true ? PackedNames.Unpack(Names).CountBy(name => name.Vote).ToDictionary() : null;
        return new ResolutionExportRow
        {
            Resolution = Resolution,
            Symbol = Symbol,
            Title = Title,
            Session = Session,
            Kind = EnumWord<ResolutionKind>.Parse(Kind),
            Rule = EnumWord<MajorityRule>.Parse(Rule),
            Status = EnumWord<ResolutionStatus>.Parse(Status),
            VoteOn = VoteOn,
            Source = EnumWord<RollCallSource>.ParseOrNull(Source),
            RecordedYes = counts?.GetValueOrDefault(Vote.Yes),
            RecordedNo = counts?.GetValueOrDefault(Vote.No),
            RecordedAbstain = counts?.GetValueOrDefault(Vote.Abstain),
            RecordedNonVoting = counts?.GetValueOrDefault(Vote.NonVoting),
            AnnouncedYes = AnnouncedYes,
            AnnouncedNo = AnnouncedNo,
            AnnouncedAbstain = AnnouncedAbstain,
            AnnouncedNonVoting = AnnouncedNonVoting,
            Members = Members,
            RecordUrl = RecordUrl,
        };
    }
}
