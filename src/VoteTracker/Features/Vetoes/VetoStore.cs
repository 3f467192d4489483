using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Sessions;
using VoteTracker.Security;

namespace VoteTracker.Features.Vetoes;

/// <summary>Which vetoes a list has; null for all.</summary>
internal sealed record VetoFilter(string? MemberState, string? Session, DateOnly? From, DateOnly? To);

/// <summary>Reads and writes vetoes.</summary>
internal static class VetoStore
{
    // The session of a veto is hidden from callers that cannot see it.
    private const string VisibleSession = $"""
        CASE WHEN @seesSessions OR EXISTS (SELECT 1 FROM session s WHERE s.id = v.session AND {SessionStore.IsPublic})
            THEN v.session END
        """;

    private const string Select = $"""
        SELECT
            v.id, v.version, v.draft, v.vetoed_on, v.subject, v.against, CAST({VisibleSession} AS TEXT) AS session,
            v.changed_at, v.changed_by
        FROM council_veto v
        """;

    /// <summary>Finds a veto; null if there is none with this number.</summary>
    public static async Task<CouncilVeto?> Find(DbConnection connection, long id, Caller caller) =>
        (
            await connection.QuerySingleOrDefaultAsync<VetoRow>(
                $"{Select} WHERE v.id = @id",
                new { id, seesSessions = caller.May(Right.SeeSessions) }
            )
        )?.Veto.For(caller);

    /// <summary>Finds another veto of the same draft on the same day, without case and blanks; null if there is none.</summary>
    public static async Task<long?> FindSame(DbConnection connection, CouncilVetoFields fields, long? except) =>
        await connection.QueryFirstOrDefaultAsync<long?>(
            "SELECT id FROM council_veto WHERE draft_key = @key AND vetoed_on = @On AND id <> @except",
            new
            {
                key = KeyOf(fields.Draft!),
                fields.On,
                except = except ?? 0,
            }
        );

    /// <summary>Lists a page of vetoes, the newest first.</summary>
    public static async Task<IReadOnlyList<CouncilVeto>> List(
        DbConnection connection,
        VetoFilter filter,
        Caller caller,
        (DateOnly Day, long Id)? after,
        int limit
    )
    {
        string?[] conditions =
        [
            "TRUE",
            filter.MemberState is null ? null : "v.against LIKE @memberState",
            filter.Session is null ? null : $"v.session = @Session AND {VisibleSession} IS NOT NULL",
            filter.From is null ? null : "v.vetoed_on >= @From",
            filter.To is null ? null : "v.vetoed_on <= @To",
            after is null ? null : "(v.vetoed_on, v.id) < (@day, @id)",
        ];
        var rows = await connection.QueryAsync<VetoRow>(
            $"""
            {Select}
            WHERE {string.Join(" AND ", conditions.OfType<string>())}
            ORDER BY v.vetoed_on DESC, v.id DESC
            LIMIT @limit
            """,
            new
            {
                memberState = $"%{filter.MemberState}%",
                filter.Session,
                filter.From,
                filter.To,
                seesSessions = caller.May(Right.SeeSessions),
                day = after?.Day,
                id = after?.Id ?? 0,
                limit,
            }
        );
        return [.. rows.Select(row => row.Veto.For(caller))];
    }

    /// <summary>Inserts a veto.</summary>
    public static async Task<CouncilVeto> Insert(Write write, Caller caller, CouncilVetoFields fields)
    {
        await InsertSession(write, fields);
        var id = await write.Connection.ExecuteScalarAsync<long>(
            $"""
            INSERT INTO council_veto (
                draft, draft_key, vetoed_on, subject, against, session, version, created_at, created_by, changed_at, changed_by
            )
            VALUES (
                @Draft, @DraftKey, @VetoedOn, @Subject, @Against, @Session, {Incarnation.FirstVersionOfNew}, @ChangedAt, @ChangedBy,
                @ChangedAt, @ChangedBy
            )
            RETURNING id
            """,
            VetoRow.FromFields(0, fields, caller.Label, write.Now)
        );
        await Append(write, caller);
        return (await Find(write.Connection, id, caller))!;
    }

    /// <summary>Updates a veto, and raises its version.</summary>
    public static async Task<CouncilVeto> Update(Write write, Caller caller, long id, CouncilVetoFields fields)
    {
        await InsertSession(write, fields);
        await write.Connection.ExecuteAsync(
            """
            UPDATE council_veto
            SET version = version + 1, draft = @Draft, draft_key = @DraftKey, vetoed_on = @VetoedOn, subject = @Subject,
                against = @Against, session = @Session, changed_at = @ChangedAt, changed_by = @ChangedBy
            WHERE id = @Id
            """,
            VetoRow.FromFields(id, fields, caller.Label, write.Now)
        );
        await Append(write, caller);
        return (await Find(write.Connection, id, caller))!;
    }

    /// <summary>Deletes a veto.</summary>
    public static async Task Delete(Write write, Caller caller, long id)
    {
        await write.Connection.ExecuteAsync("DELETE FROM council_veto WHERE id = @id", new { id });
        await Append(write, caller);
    }

    // A regular session exists without a row in the database, and a veto references the row.
    private static async Task InsertSession(Write write, CouncilVetoFields fields)
    {
        if (fields.Session is { } id && SessionName.Parse(id) is { Regular: true } name)
        {
            await SessionStore.Insert(write.Connection, Session.FromName(name, write.Now));
        }
    }

    private static Task Append(Write write, Caller caller) =>
        ResolutionVersion.Append(write, caller, ChangeKind.CouncilVeto, resolution: null, version: null, write.Now);

    // The symbol by which drafts are compared.
    private static string KeyOf(string draft) =>
        string.Concat(draft.EnumerateRunes().Where(rune => !VisibleText.IsBlank(rune))).ToUpperInvariant();

    private sealed record VetoRow
    {
        public long Id { get; init; }
        public long Version { get; init; }
        public string Draft { get; init; } = "";
        public string DraftKey => KeyOf(Draft);
        public DateOnly VetoedOn { get; init; }
        public string Subject { get; init; } = "";
        public string Against { get; init; } = "";
        public string? Session { get; init; }
        public DateTimeOffset ChangedAt { get; init; }
        public string ChangedBy { get; init; } = "";

        public CouncilVeto Veto =>
            new()
            {
                Id = Id,
                Draft = Draft,
                On = VetoedOn,
                Subject = Subject,
                Against = Against.Split(' '),
                Session = Session,
                Version = Version,
                ChangedBy = ChangedBy,
                ChangedAt = ChangedAt,
            };

        public static VetoRow FromFields(long id, CouncilVetoFields fields, string changedBy, DateTimeOffset at) =>
            new()
            {
                Id = id,
                Draft = fields.Draft!,
                VetoedOn = fields.On!.Value,
                Subject = fields.Subject!,
                Against = string.Join(' ', fields.Against!.Order(StringComparer.Ordinal)),
                Session = fields.Session,
                ChangedAt = at,
                ChangedBy = changedBy,
            };
    }
}
