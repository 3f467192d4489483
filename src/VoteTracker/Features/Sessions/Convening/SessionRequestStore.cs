using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>Reads and writes the requests of members for a session.</summary>
internal static class SessionRequestStore
{
    private const string Columns =
        "session, member_state, version, changed_by, changed_at, requested_on, document, note";

    private const string Values =
        "@Session, @MemberState, @Version, @ChangedBy, @ChangedAt, @RequestedOn, @Document, @Note";

    /// <summary>Finds the request of a state; null if it has none.</summary>
    public static async Task<SessionRequest?> Find(DbConnection connection, string session, string memberState) =>
        (
            await connection.QuerySingleOrDefaultAsync<SessionRequestRow>(
                $"SELECT {Columns} FROM session_request WHERE session = @session AND member_state = @memberState",
                new { session, memberState }
            )
        )?.Request;

    /// <summary>Lists a page of the requests for a session, in the order of their codes.</summary>
    public static async Task<IEnumerable<SessionRequest>> List(
        DbConnection connection,
        string session,
        string? after = null,
        int limit = int.MaxValue
    ) =>
        (
            await connection.QueryAsync<SessionRequestRow>(
                $"""
                SELECT {Columns}
                FROM session_request
                WHERE session = @session AND (@after IS NULL OR member_state > @after)
                ORDER BY member_state
                LIMIT @limit
                """,
                new
                {
                    session,
                    after,
                    limit,
                }
            )
        ).Select(row => row.Request);

    /// <summary>Lists a page of the changes of a request, the oldest first. A deletion has no day.</summary>
    public static Task<IEnumerable<SessionRequestRow>> ListChanges(
        DbConnection connection,
        string session,
        string memberState,
        long after,
        int limit
    ) =>
        connection.QueryAsync<SessionRequestRow>(
            $"""
            SELECT {Columns}
            FROM session_request_change
            WHERE session = @session AND member_state = @memberState AND version > @after
            ORDER BY version
            LIMIT @limit
            """,
            new
            {
                session,
                memberState,
                after,
                limit,
            }
        );

    /// <summary>Saves a request as a change of its session, with its row of history.</summary>
    public static async Task<SessionRequest> Save(
        Write write,
        Caller caller,
        string session,
        string memberState,
        RecordSessionRequest request
    )
    {
        var row = new SessionRequestRow
        {
            Session = session,
            MemberState = memberState,
            Version = await SessionStore.Raise(write, caller, ChangeKind.SessionRequest, session, memberState),
            ChangedBy = caller.Label,
            ChangedAt = write.Now,
            RequestedOn = request.RequestedOn,
            Document = request.Document,
            Note = request.Note,
        };
        await write.Connection.ExecuteAsync($"INSERT INTO session_request_change ({Columns}) VALUES ({Values})", row);
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO session_request ({Columns})
            VALUES ({Values})
            ON CONFLICT (session, member_state) DO UPDATE SET
                version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
                requested_on = excluded.requested_on, document = excluded.document, note = excluded.note
            """,
            row
        );
        return row.Request;
    }

    /// <summary>Deletes a request as a change of its session. Returns the version of that change.</summary>
    public static async Task<long> Delete(Write write, Caller caller, SessionRequest request)
    {
        var (session, memberState) = (request.Session, request.MemberState);
        var version = await SessionStore.Raise(write, caller, ChangeKind.SessionRequest, session, memberState);
        await write.Connection.ExecuteAsync(
            $"INSERT INTO session_request_change ({Columns}) VALUES ({Values})",
            new SessionRequestRow
            {
                Session = session,
                MemberState = memberState,
                Version = version,
                ChangedBy = caller.Label,
                ChangedAt = write.Now,
            }
        );
        await write.Connection.ExecuteAsync(
            "DELETE FROM session_request WHERE session = @session AND member_state = @memberState",
            new { session, memberState }
        );
        return version;
    }
}

/// <summary>A row of a request, or of a change of one. A change that deleted it has no day.</summary>
internal sealed record SessionRequestRow
{
    public string Session { get; init; } = "";
    public string MemberState { get; init; } = "";
    public long Version { get; init; }
    public string ChangedBy { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public DateOnly? RequestedOn { get; init; }
    public string? Document { get; init; }
    public string? Note { get; init; }

    /// <summary>The request of a row that is no deletion.</summary>
    public SessionRequest Request =>
        new()
        {
            Session = Session,
            MemberState = MemberState,
            RequestedOn = RequestedOn!.Value,
            Document = Document,
            Note = Note,
            Version = Version,
            ChangedBy = ChangedBy,
            ChangedAt = ChangedAt,
        };
}
