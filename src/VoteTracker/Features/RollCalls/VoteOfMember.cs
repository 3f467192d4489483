using System.Data.Common;
using Dapper;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>The vote of a member on a resolution.</summary>
public sealed record VoteOfMember
{
    /// <summary>The member's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The day of the vote in New York.</summary>
    public required DateOnly RecordedOn { get; init; }

    /// <summary>The source of the roll call: `library`, the UN's record, or `campaign`, entered by a user of this service.</summary>
    public required RollCallSource Source { get; init; }

    /// <summary>The recorded vote.</summary>
    public required Vote Vote { get; init; }

    /// <summary>The vote that the member later said it had intended; never counted.</summary>
    public required Vote? Intended { get; init; }

    /// <summary>The document symbol.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>A draft, an amendment, a paragraph or a motion.</summary>
    public required ResolutionKind Kind { get; init; }

    /// <summary>The status of the resolution, in the Assembly's own word.</summary>
    public required ResolutionStatus Status { get; init; }

    /// <summary>The address of the Assembly's record.</summary>
    public required string? RecordUrl { get; init; }

    /// <summary>Lists votes of a member, the newest first: those before a day, or on that day with a lower id.</summary>
    internal static async Task<IReadOnlyList<VoteOfMember>> List(
        DbConnection connection,
        string iso3,
        RecordFilter part,
        DateOnly before,
        string than,
        int limit
    )
    {
        var rows = await connection.QueryAsync<VoteRow>(
            $"""
            SELECT
                c.resolution, c.recorded_on, c.names, c.source, r.symbol, r.title, r.session, r.kind, r.status, r.record_url
            FROM roll_call c
            JOIN resolution r ON r.id = c.resolution
            WHERE REPLACE(c.names, @iso3, '') <> c.names
                AND {CurrentRollCall.OfSource}
                AND (@Session IS NULL OR r.session = @Session)
                AND {RecordFilter.OnDays}
                AND (c.recorded_on, c.resolution) < (@before, @than)
            ORDER BY c.recorded_on DESC, c.resolution DESC
            LIMIT @limit
            """,
            new
            {
                // Codes are in capitals and votes are not, so only the code matches. LIKE would ignore case.
                iso3,
                part.Session,
                part.From,
                part.To,
                part.WithCampaign,
                before,
                than,
                limit,
            }
        );
        return [.. rows.Select(row => row.VoteOf(iso3))];
    }

    private sealed record VoteRow
    {
        public string Resolution { get; init; } = "";
        public DateOnly RecordedOn { get; init; }
        public string Names { get; init; } = "";
        public string Source { get; init; } = "";
        public string? Symbol { get; init; }
        public string Title { get; init; } = "";
        public string Session { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Status { get; init; } = "";
        public string? RecordUrl { get; init; }

        public VoteOfMember VoteOf(string iso3)
        {
            var name = PackedNames.Find(Names, iso3)!.Value;
            return new VoteOfMember
            {
                MemberState = iso3,
                Resolution = Resolution,
                RecordedOn = RecordedOn,
                Source = EnumWord<RollCallSource>.Parse(Source),
                Vote = name.Vote,
                Intended = name.Intended,
                Symbol = Symbol,
                Title = Title,
                Session = Session,
                Kind = EnumWord<ResolutionKind>.Parse(Kind),
                Status = EnumWord<ResolutionStatus>.Parse(Status),
                RecordUrl = RecordUrl,
            };
        }
    }
}
