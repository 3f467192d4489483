using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>All changes that affect the standings of a resolution. Each list is in the order of its moments.</summary>
internal sealed record ResolutionHistory
{
    public required string Resolution { get; init; }

    public required IReadOnlyList<VersionRow> Versions { get; init; }

    /// <summary>The incarnations of the database. With each one, the version continues from its first version.</summary>
    public required IReadOnlyList<IncarnationMoment> Incarnations { get; init; }

    public required IReadOnlyList<FieldsRow> Fields { get; init; }

    /// <summary>The roll calls, also removed ones, the newest version first.</summary>
    public required IReadOnlyList<CountedRollCallRow> RollCalls { get; init; }

    public required IReadOnlyList<StancePositionRow> Stances { get; init; }

    public required IReadOnlyList<CoSponsorRow> CoSponsors { get; init; }

    /// <summary>The ineligible members and their periods, for all resolutions.</summary>
    public required IReadOnlyList<SpellRow> Spells { get; init; }

    /// <summary>The moment at which the resolution was opened.</summary>
    public DateTimeOffset StartsAt => Versions[0].At;

    /// <summary>Loads the history; null if the resolution does not exist.</summary>
    public static async Task<ResolutionHistory?> Load(DbConnection connection, string id)
    {
        var versions = await Rows<VersionRow>(
            """
            SELECT at, version
            FROM change
            WHERE resolution = @id AND version > COALESCE((
                SELECT MAX(last_version) FROM deleted_resolution WHERE id = @id
            ), 0)
            ORDER BY at, version
            """
        );
        return versions.Count == 0
            ? null
            : new ResolutionHistory
            {
                Resolution = id,
                Versions = versions,
                Incarnations = await Incarnation.List(connection),
                Fields = await Rows<FieldsRow>(
                    """
                    SELECT version, changed_at, kind, rule, status, vote_on, visibility
                    FROM resolution_change
                    WHERE resolution = @id
                    ORDER BY changed_at, version
                    """
                ),
                RollCalls = await Rows<CountedRollCallRow>(
                    """
                    SELECT
                        version, recorded_on, has_names, names, members, announced_yes, announced_no, announced_abstain,
                        announced_non_voting, source, changed_at, removed_at
                    FROM roll_call
                    WHERE resolution = @id
                    ORDER BY version DESC
                    """
                ),
                Stances = await Rows<StancePositionRow>(
                    """
                    SELECT member_state, version, changed_at, position, certainty
                    FROM stance_change
                    WHERE resolution = @id
                    ORDER BY changed_at, version
                    """
                ),
                CoSponsors = await Rows<CoSponsorRow>(
                    """
                    SELECT member_state, version, changed_at, COALESCE(status, 'none') AS status
                    FROM co_sponsor_change
                    WHERE resolution = @id
                    ORDER BY changed_at, version
                    """
                ),
                Spells = await Rows<SpellRow>(
                    """
                    SELECT member_state, from_day, until_day, entered_at, ended_at
                    FROM ineligibility
                    ORDER BY id
                    """
                ),
            };

        async Task<List<T>> Rows<T>(string sql) => [.. await connection.QueryAsync<T>(sql, new { id })];
    }

    /// <summary>A version of the resolution, and its moment.</summary>
    internal sealed record VersionRow
    {
        public DateTimeOffset At { get; init; }
        public long Version { get; init; }
    }

    /// <summary>The fields of the resolution from a version on.</summary>
    internal sealed record FieldsRow
    {
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string Kind { get; init; } = "";
        public string Rule { get; init; } = "";
        public string Status { get; init; } = "";
        public DateOnly? VoteOn { get; init; }
        public string Visibility { get; init; } = "";

        public CountedFields Fields => CountedFields.Parse(Kind, Rule, Status, VoteOn, Visibility);
    }

    /// <summary>A change of a co-sponsor.</summary>
    internal sealed record CoSponsorRow
    {
        public string MemberState { get; init; } = "";
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string Status { get; init; } = "";

        public bool IsSigned => Status == EnumWord<CoSponsorStatus>.ToWord(CoSponsorStatus.Signed);
    }

    /// <summary>A period in which a member was ineligible, and the moments between which this was recorded.</summary>
    internal sealed record SpellRow
    {
        public string MemberState { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
        public DateTimeOffset EnteredAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }

        public Spell Spell => new(FromDay, UntilDay);

        public bool IsKnownAt(DateTimeOffset moment) => EnteredAt <= moment && (EndedAt is null || EndedAt > moment);
    }
}
