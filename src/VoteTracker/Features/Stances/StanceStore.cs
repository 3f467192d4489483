using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Assignments;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Stances;

/// <summary>Reads and writes stances. Over 200 lines because all SQL that names a column of a stance is here.</summary>
internal static class StanceStore
{
    /// <summary>The columns of `stance_change`, as <see cref="ReadRevision"/> reads them.</summary>
    public static readonly string RevisionColumns =
        $"resolution, member_state, version, changed_by, changed_at, reason, stance_import, restored, {string.Join(", ", StanceContent.Columns)}";

    private static readonly string StanceColumns =
        $"resolution, member_state, version, changed_by, changed_at, {string.Join(", ", StanceContent.Columns)}";

    private static readonly string SqlForUpdate = $"""
        SELECT
            r.status, r.vote_on,
            (SELECT has_names FROM roll_call WHERE resolution = r.id AND {CurrentRollCall.Newest}) AS has_names,
            i.from_day, i.until_day, i.reason, s.version, s.changed_by, s.changed_at,
            {string.Join(", ", StanceContent.Columns.Select(column => $"s.{column}"))}
        FROM resolution r
        LEFT JOIN stance s ON s.resolution = r.id AND s.member_state = @iso3
        LEFT JOIN ineligibility i ON i.member_state = @iso3 AND i.ended_at IS NULL
        WHERE r.id = @id
        """;

    private static readonly string SqlInsertRevision = $"""
        INSERT INTO stance_change (replaced, {RevisionColumns})
        VALUES (
            COALESCE((SELECT version FROM stance WHERE resolution = @resolution AND member_state = @member_state), 0),
            @resolution, @member_state, @version, @changed_by, @changed_at, @reason, @stance_import, @restored,
            {string.Join(", ", StanceContent.Columns.Select(column => $"@{column}"))}
        )
        """;

    private static readonly string SqlSaveFromRevision = $"""
        INSERT INTO stance ({StanceColumns})
        SELECT {StanceColumns}
        FROM stance_change
        WHERE resolution = @resolution AND member_state = @member_state AND version = @version
        ON CONFLICT (resolution, member_state) DO UPDATE SET
            version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
            {string.Join(", ", StanceContent.Columns.Select(column => $"{column} = excluded.{column}"))}
        """;

    /// <summary>Finds the stance of one member, now or as of a moment; an unknown one if there is none.</summary>
    public static async Task<Stance> Find(
        DbConnection connection,
        string resolution,
        string memberState,
        DateTimeOffset? asOf
    )
    {
        var sql = asOf is null
            ? $"SELECT {StanceColumns} FROM stance WHERE resolution = @resolution AND member_state = @memberState"
            : $"""
                SELECT {StanceColumns}
                FROM stance_change
                WHERE resolution = @resolution AND member_state = @memberState AND changed_at <= @asOf
                ORDER BY version DESC
                LIMIT 1
                """;
        var values = new
        {
            resolution,
            memberState,
            asOf,
        };
        return await EncryptedRows.Query(connection, sql, values, ReadStance) is [var stance]
            ? stance
            : Stance.CreateUnknown(resolution, memberState);
    }

    /// <summary>Finds a stance at one of its versions; null if it never had that version.</summary>
    public static async Task<Stance?> FindVersion(
        DbConnection connection,
        string resolution,
        string memberState,
        long version
    ) => (await FindRevision(connection, resolution, memberState, version))?.Stance;

    /// <summary>Finds the change that made a version of a stance; null if the stance never had that version.</summary>
    public static async Task<StanceRevision?> FindRevision(
        DbConnection connection,
        string resolution,
        string memberState,
        long version
    )
    {
        var revisions = await EncryptedRows.Query(
            connection,
            $"""
            SELECT {RevisionColumns}
            FROM stance_change
            WHERE resolution = @resolution AND version = @version AND member_state = @memberState
            """,
            new
            {
                resolution,
                memberState,
                version,
            },
            ReadRevision
        );
        return revisions is [var revision] ? revision : null;
    }

    /// <summary>Lists the recorded stances and the assigned states of a resolution by state, now or as of a moment.</summary>
    public static async Task<Dictionary<string, Stance>> List(
        DbConnection connection,
        string resolution,
        DateTimeOffset? asOf
    )
    {
        var sql = asOf is null
            ? $"SELECT {StanceColumns} FROM stance WHERE resolution = @resolution"
            : $"""
                SELECT {StanceColumns}
                FROM (
                    SELECT {StanceColumns}, ROW_NUMBER() OVER (PARTITION BY member_state ORDER BY version DESC) AS age
                    FROM stance_change
                    WHERE resolution = @resolution AND changed_at <= @asOf
                ) AS revisions
                WHERE age = 1
                """;
        var stances = (await EncryptedRows.Query(connection, sql, new { resolution, asOf }, ReadStance)).ToDictionary(
            stance => stance.MemberState,
            StringComparer.Ordinal
        );
        foreach (var (iso3, assigned) in await AssignmentStore.ListAll(connection, resolution, asOf))
        {
            stances[iso3] = (stances.GetValueOrDefault(iso3) ?? Stance.CreateUnknown(resolution, iso3)) with
            {
                Assignee = assigned.Assignee,
                AssignmentVersion = assigned.Version,
            };
        }
        return stances;
    }

    /// <summary>Finds a stance for a change of it; null if there is no such resolution.</summary>
    public static StanceForUpdate? FindForUpdate(DbConnection connection, string id, string iso3) =>
        connection.FindDirect(
            SqlForUpdate,
            row => ReadForUpdate(row, PersonalTexts.Of(connection), id, iso3),
            new SqlValue("id", id),
            new SqlValue("iso3", iso3)
        );

    /// <summary>Writes a stance and its row of history, in the transaction that raised the version.</summary>
    public static void Save(Write write, Stance stance, string? reason, StanceOrigin? origin = null)
    {
        var texts = PersonalTexts.Of(write.Connection);
        write.Connection.ExecuteDirect(
            SqlInsertRevision,
            new SqlValue("resolution", stance.Resolution),
            new SqlValue("member_state", stance.MemberState),
            new SqlValue("version", stance.Version),
            new SqlValue("changed_by", stance.ChangedBy),
            new SqlValue("changed_at", stance.ChangedAt!.Value),
            new SqlValue("reason", texts.Encrypt(reason)),
            new SqlValue("stance_import", origin?.Import),
            new SqlValue("restored", origin?.Restored),
            new SqlValue("position", EnumWord<Position>.ToWord(stance.Position)),
            new SqlValue("certainty", EnumWord<Certainty>.ToWord(stance.Certainty)),
            new SqlValue("evidence", EnumWord<Evidence>.ToWord(stance.Evidence)),
            new SqlValue("evidence_url", stance.EvidenceUrl),
            new SqlValue("note", texts.Encrypt(stance.Note)),
            new SqlValue("contact", stance.Contact),
            new SqlValue("engagement", stance.Engagement)
        );
        write.Connection.ExecuteDirect(
            SqlSaveFromRevision,
            new SqlValue("resolution", stance.Resolution),
            new SqlValue("member_state", stance.MemberState),
            new SqlValue("version", stance.Version)
        );
    }

    /// <summary>Reads a row of <see cref="RevisionColumns"/>.</summary>
    public static StanceRevision ReadRevision(DbDataReader row, PersonalTexts texts) =>
        new()
        {
            Stance = ReadStance(row, texts, contentAt: 8),
            Reason = texts.Decrypt(row.TextOrNull(5)),
            Import = row.TextOrNull(6),
            Restored = row.IsDBNull(7) ? null : row.GetInt64(7),
        };

    /// <summary>Reads the content, in the order of its columns. It comes last in a row, so that a new column moves no other.</summary>
    public static StanceContent ReadContent(DbDataReader row, PersonalTexts texts, int contentAt) =>
        new()
        {
            Position = EnumWord<Position>.ParseOrNull(row.TextOrNull(contentAt)) ?? Position.Unknown,
            Certainty = EnumWord<Certainty>.ParseOrNull(row.TextOrNull(contentAt + 1)),
            Evidence = EnumWord<Evidence>.ParseOrNull(row.TextOrNull(contentAt + 2)),
            EvidenceUrl = row.TextOrNull(contentAt + 3),
            Note = texts.Decrypt(row.TextOrNull(contentAt + 4)),
            Contact = row.TextOrNull(contentAt + 5),
            Engagement = row.IsDBNull(contentAt + 6) ? null : row.GetInt64(contentAt + 6),
        };

    private static Stance ReadStance(DbDataReader row, PersonalTexts texts) => ReadStance(row, texts, contentAt: 5);

    private static Stance ReadStance(DbDataReader row, PersonalTexts texts, int contentAt) =>
        new(
            row.GetString(0),
            row.GetString(1),
            ReadContent(row, texts, contentAt),
            row.GetInt64(2),
            row.GetString(3),
            row.MomentOrNull(4)
        );

    private static StanceForUpdate ReadForUpdate(DbDataReader row, PersonalTexts texts, string id, string iso3)
    {
        var status = EnumWord<ResolutionStatus>.Parse(row.GetString(0));
        bool? hasNames = row.IsDBNull(2) ? null : row.GetBoolean(2);
        return new StanceForUpdate
        {
            Stance = new Stance(
                id,
                iso3,
                ReadContent(row, texts, contentAt: 9),
                row.IsDBNull(6) ? 0 : row.GetInt64(6),
                row.TextOrNull(7),
                row.MomentOrNull(8)
            ),
            Status = status,
            IsVoteOver = Standings.BasisOf(status, hasNames) != Basis.Stances,
            VoteOn = row.DayOrNull(1),
            IneligibleOn = row.IsDBNull(3) ? null : new Spell(row.DayOrNull(3), row.DayOrNull(4)),
            IneligibilityReason = EnumWord<IneligibilityReason>.ParseOrNull(row.TextOrNull(5)),
        };
    }
}
