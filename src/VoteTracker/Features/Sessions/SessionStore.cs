using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>Reads and writes sessions.</summary>
/// <remarks>Over 200 lines because all SQL that names a column of their content is here.</remarks>
internal static class SessionStore
{
    /// <summary>Whether everybody sees a session: it has convened, or is a regular one.</summary>
    public const string IsPublic =
        "(s.kind = 'regular' OR s.status IS NULL OR s.status NOT IN ('requested', 'withdrawn'))";

    private const string Visible = $"(@seesSessions OR {IsPublic})";

    private const string Select = $"""
        SELECT
            s.id, s.number, s.emergency, s.opened_on, s.closed_on, s.subject, s.called_by, s.kind, s.status, s.resumes,
            s.authority, s.version, s.changed_by, s.changed_at,
            (
                SELECT CAST(COUNT(*) AS INTEGER) FROM resolution r
                WHERE r.session = s.id AND (
                    @seesResolutions OR r.visibility <> 'private'
                    OR EXISTS (SELECT 1 FROM roll_call c WHERE c.resolution = r.id AND c.removed_at IS NULL)
                )
            ) AS resolutions
        FROM session s
        WHERE {Visible}
        """;

    /// <summary>
    /// Finds a session that a caller may see; null if there is none. Regular sessions exist without a row in the database.
    /// </summary>
    public static async Task<Session?> Find(DbConnection connection, string id, Caller caller, DateTimeOffset now)
    {
        var row = await connection.QuerySingleOrDefaultAsync<SessionRow>(
            $"{Select} AND s.id = @id",
            new
            {
                id,
                seesSessions = caller.May(Right.SeeSessions),
                seesResolutions = caller.SeesAllResolutions,
            }
        );
        return row is not null ? row.ToSession(now).For(caller)
            : SessionName.Parse(id) is { Regular: true } name
            && name.Id == id
            && name.Number <= RegularSessions.LastOn(now)
                ? Session.FromName(name, now)
            : null;
    }

    /// <summary>Describes an id that no session has, with the closest id that the caller may see.</summary>
    public static async Task<string> DescribeUnknown(DbConnection connection, string id, Caller caller) =>
        WrongWord.Describe(
            "must be the id of a session, such as es-10 or 81; they are listed at /v1/sessions?all=true",
            id,
            ClosestName.Find(
                id,
                await connection.QueryAsync<string>(
                    $"SELECT s.id FROM session s WHERE {Visible} ORDER BY s.id",
                    new { seesSessions = caller.May(Right.SeeSessions) }
                )
            )
        );

    /// <summary>Lists the sessions of the database that a caller may see: those of the release, those that a resolution belongs to, and those that a user added.</summary>
    public static async Task<IReadOnlyList<Session>> List(DbConnection connection, Caller caller, DateTimeOffset now) =>
        [
            .. (
                await connection.QueryAsync<SessionRow>(
                    Select,
                    new { seesSessions = caller.May(Right.SeeSessions), seesResolutions = caller.SeesAllResolutions }
                )
            ).Select(row => row.ToSession(now).For(caller)),
        ];

    /// <summary>The highest number of an emergency special session that has convened. The number of a request is free if it is withdrawn.</summary>
    public static Task<int> FindLastEmergency(DbConnection connection) =>
        connection.ExecuteScalarAsync<int>(
            $"""
            SELECT CAST(COALESCE(MAX(s.number), 0) AS INTEGER)
            FROM session s
            WHERE s.kind = 'new-emergency-session' AND {IsPublic}
            """
        );

    /// <summary>Whether a user added the session. One of the reference data was never requested.</summary>
    public static async Task<bool> WasRequested(DbConnection connection, string id) =>
        await connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM session_change WHERE session = @id AND status = 'requested'",
            new { id }
        ) > 0;

    /// <summary>The day in New York on which a user first added or changed a session; null if no user has.</summary>
    public static async Task<DateOnly?> FindFirstDay(DbConnection connection, string id) =>
        await connection.QueryFirstOrDefaultAsync<ChangedRow>(
            "SELECT changed_at FROM session_change WHERE session = @id ORDER BY version LIMIT 1",
            new { id }
        )
            is { } first
            ? NewYork.DayOf(first.ChangedAt)
            : null;

    /// <summary>Inserts a session without a status unless it exists. Returns the number of inserted rows.</summary>
    public static Task<int> Insert(DbConnection connection, Session session) =>
        connection.ExecuteAsync(
            $"""
            INSERT INTO session (id, number, emergency, opened_on, closed_on, subject, called_by, kind, version)
            VALUES (
                @Id, @Number, @Emergency, @OpenedOn, @ClosedOn, @Subject, @CalledBy, @Kind,
                {Incarnation.FirstVersionOfNew}
            )
            ON CONFLICT (id) DO NOTHING
            """,
            SessionRow.FromSession(session)
        );

    /// <summary>Saves the fields of a session as a change, with its row of history.</summary>
    /// <param name="write">The write.</param>
    /// <param name="caller">The author.</param>
    /// <param name="session">The session with its new fields.</param>
    /// <param name="before">The session before; null if it is new.</param>
    public static async Task<Session> Save(Write write, Caller caller, Session session, Session? before)
    {
        var isNew = await Insert(write.Connection, session) > 0;
        // That of a regular session follows from the number, until a user sets another.
        var hasStatus = session.Kind != SessionKind.Regular || session.Status != before?.Status;
        var row = SessionRow.FromSession(session) with { ChangedBy = caller.Label, ChangedAt = write.Now };
        var version = await write.Connection.ExecuteScalarAsync<long>(
            """
            UPDATE session
            SET version = version + @raised, changed_at = @ChangedAt, changed_by = @ChangedBy, number = @Number,
                subject = @Subject,
                status = CASE WHEN @hasStatus THEN @Status ELSE status END, opened_on = @OpenedOn, closed_on = @ClosedOn,
                called_by = @CalledBy, resumes = @Resumes, authority = @Authority
            WHERE id = @Id
            RETURNING version
            """,
            new
            {
                row.Id,
                row.ChangedAt,
                row.ChangedBy,
                row.Number,
                row.Subject,
                row.Status,
                row.OpenedOn,
                row.ClosedOn,
                row.CalledBy,
                row.Resumes,
                row.Authority,
                hasStatus,
                raised = isNew ? 0 : 1,
            }
        );
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO session_change (
                session, version, changed_at, changed_by, kind, status, subject, called_by, opened_on, closed_on, resumes,
                authority, convenes
            )
            SELECT
                id, version, changed_at, changed_by, kind, status, subject, called_by, opened_on, closed_on, resumes,
                authority, @convenes
            FROM session
            WHERE id = @Id
            """,
            new { session.Id, convenes = session.HasConvened && before is { HasConvened: false } }
        );
        await Append(write, caller, ChangeKind.Session, session.Id, version);
        return (await Find(write.Connection, session.Id, caller, write.Now))!;
    }

    /// <summary>Raises the version of a session for a change of its requests or of its vote in the Council.</summary>
    public static async Task<long> Raise(
        Write write,
        Caller caller,
        ChangeKind kind,
        string session,
        string? memberState = null
    )
    {
        var version = await write.Connection.ExecuteScalarAsync<long>(
            "UPDATE session SET version = version + 1 WHERE id = @session RETURNING version",
            new { session }
        );
        await Append(write, caller, kind, session, version, memberState);
        return version;
    }

    private static Task Append(
        Write write,
        Caller caller,
        ChangeKind kind,
        string session,
        long version,
        string? memberState = null
    ) =>
        ResolutionVersion.Append(
            write,
            caller,
            kind,
            resolution: null,
            version,
            write.Now,
            memberState,
            session: session
        );

    private sealed record ChangedRow
    {
        public DateTimeOffset ChangedAt { get; init; }
    }
}
