using System.Data.Common;
using Dapper;
using VoteTracker.Live;

namespace VoteTracker.Features.Record;

/// <summary>A resolution in the database, with the newest roll call of the UN's record, to compare new data with it.</summary>
internal sealed record StoredRecord
{
    public string Origin { get; init; } = "";
    public string? Symbol { get; init; }
    public string Title { get; init; } = "";
    public string Session { get; init; } = "";
    public string Kind { get; init; } = "";
    public string? Parent { get; init; }
    public string Rule { get; init; } = "";
    public string Status { get; init; } = "";
    public DateOnly? VoteOn { get; init; }
    public string? RecordUrl { get; init; }
    public DateOnly? RecordedOn { get; init; }
    public string? Names { get; init; }
    public int? Members { get; init; }
    public int? AnnouncedYes { get; init; }
    public int? AnnouncedNo { get; init; }
    public int? AnnouncedAbstain { get; init; }
    public int? AnnouncedNonVoting { get; init; }

    public static Task<StoredRecord?> Find(DbConnection connection, string id) =>
        connection.QuerySingleOrDefaultAsync<StoredRecord>(
            $"""
            SELECT
                r.origin, r.symbol, r.title, r.session, r.kind, r.parent, r.rule, r.status, r.vote_on, r.record_url,
                c.recorded_on, c.names, c.members, c.announced_yes, c.announced_no, c.announced_abstain,
                c.announced_non_voting
            FROM resolution r
            LEFT JOIN roll_call c ON c.resolution = r.id AND c.version = (
                SELECT version FROM roll_call WHERE resolution = @id AND {CurrentRollCall.NewestOfLibrary}
            )
            WHERE r.id = @id
            """,
            new { id }
        );

    /// <summary>Whether the resolution's own fields are the same.</summary>
    public bool HasFieldsOf(RecordedResolution resolution) =>
        (Symbol, Title, Session, Kind, Parent, Rule, RecordUrl)
            == (
                resolution.Symbol,
                resolution.Title,
                resolution.Session,
                resolution.Kind,
                resolution.Parent,
                resolution.Rule,
                resolution.Url
            )
        && (Status, VoteOn) == (resolution.Status, resolution.VotedOn);

    /// <summary>Whether the roll call is the same.</summary>
    public bool HasVoteOf(RecordedResolution resolution) =>
        (RecordedOn, Names, Members) == (resolution.VotedOn, resolution.Names, resolution.Members)
        && (AnnouncedYes, AnnouncedNo, AnnouncedAbstain, AnnouncedNonVoting)
            == (resolution.Yes, resolution.No, resolution.Abstain, resolution.NonVoting);

    /// <summary>
    /// What an import makes of this resolution, which the service ships. The reference data was compiled with more care: it
    /// has corrected totals and the rule of each vote. So the file changes the names, and with them the day and the members.
    /// </summary>
    public RecordedResolution WithNamesOf(RecordedResolution file)
    {
        var fields = file with
        {
            Symbol = Symbol,
            Title = Title,
            Session = Session,
            Kind = Kind,
            Parent = Parent,
            Rule = Rule,
            Status = Status,
            Url = RecordUrl,
            Names = file.Names ?? Names,
            Yes = AnnouncedYes ?? file.Yes,
            No = AnnouncedNo ?? file.No,
            Abstain = AnnouncedAbstain ?? file.Abstain,
            NonVoting = AnnouncedNonVoting ?? file.NonVoting,
        };
        return fields.Names != Names || RecordedOn is not { } recordedOn
            ? fields
            : fields with
            {
                VotedOn = recordedOn,
                Members = Members!.Value,
                Yes = AnnouncedYes,
                No = AnnouncedNo,
                Abstain = AnnouncedAbstain,
                NonVoting = AnnouncedNonVoting,
            };
    }
}
