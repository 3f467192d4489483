using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Reads and writes co-sponsors. All SQL that names a column of their content is here.</summary>
internal static class CoSponsorStore
{
    /// <summary>The columns of <see cref="CoSponsorRow"/>, in both tables.</summary>
    public const string Columns =
        "resolution, member_state, version, changed_by, changed_at, status, role, since, withdrawn_on, note, text_version";

    private const string Values =
        "@Resolution, @MemberState, @Version, @ChangedBy, @ChangedAt, @Status, @Role, @Since, @WithdrawnOn, @Note, @TextVersion";

    /// <summary>Finds a co-sponsor; null if the state is not among them.</summary>
    public static async Task<CoSponsor?> Find(DbConnection connection, string resolution, string memberState) =>
        (
            await connection.QuerySingleOrDefaultAsync<CoSponsorRow>(
                $"SELECT {Columns} FROM co_sponsor WHERE resolution = @resolution AND member_state = @memberState",
                new { resolution, memberState }
            )
        )
            ?.Decrypt(PersonalTexts.Of(connection))
            .CoSponsor;

    /// <summary>Lists a page of co-sponsors, in the order of their codes.</summary>
    private static async Task<IReadOnlyList<CoSponsor>> List(
        DbConnection connection,
        string resolution,
        CoSponsorStatus? status,
        bool signedOnly,
        string? after,
        int limit
    ) =>
        ToList(
            connection,
            await connection.QueryAsync<CoSponsorRow>(
                $"""
                SELECT {Columns}
                FROM co_sponsor
                WHERE resolution = @resolution
                    AND (@status IS NULL OR status = @status)
                    AND (NOT @signedOnly OR status = 'signed')
                    AND (@after IS NULL OR member_state > @after)
                ORDER BY member_state
                LIMIT @limit
                """,
                new
                {
                    resolution,
                    status = EnumWord<CoSponsorStatus>.ToWord(status),
                    signedOnly,
                    after,
                    limit,
                }
            )
        );

    /// <summary>Lists the part of the co-sponsors that a caller may see, in the order of their codes.</summary>
    /// <remarks>The caller may see co-sponsors of the resolution: <see cref="Access.SeesCoSponsors"/>.</remarks>
    public static async Task<IReadOnlyList<CoSponsor>> ListFor(
        DbConnection connection,
        string resolution,
        Caller caller,
        CoSponsorStatus? status = null,
        string? after = null,
        int limit = int.MaxValue
    ) =>
        [
            .. (await List(connection, resolution, status, !caller.May(Right.SeeCoSponsors), after, limit)).Select(
                coSponsor => coSponsor.For(caller)!
            ),
        ];

    /// <summary>Lists all co-sponsors by their codes, now or as of a moment.</summary>
    public static async Task<Dictionary<string, CoSponsor>> ListAll(
        DbConnection connection,
        string resolution,
        DateTimeOffset? asOf
    )
    {
        var sql = asOf is null
            ? $"SELECT {Columns} FROM co_sponsor WHERE resolution = @resolution"
            : $"""
                SELECT {Columns}
                FROM co_sponsor_change AS newest
                WHERE resolution = @resolution AND status IS NOT NULL AND version = (
                    SELECT MAX(version) FROM co_sponsor_change
                    WHERE resolution = @resolution AND member_state = newest.member_state AND changed_at <= @asOf
                )
                """;
        var rows = await connection.QueryAsync<CoSponsorRow>(sql, new { resolution, asOf });
        return ToList(connection, rows).ToDictionary(row => row.MemberState, StringComparer.Ordinal);
    }

    private static IReadOnlyList<CoSponsor> ToList(DbConnection connection, IEnumerable<CoSponsorRow> rows)
    {
        var texts = PersonalTexts.Of(connection);
        return [.. rows.Select(row => row.Decrypt(texts).CoSponsor)];
    }

    /// <summary>Finds the number of the last text that a co-sponsor signed or was asked for; 0 if there is none.</summary>
    public static async Task<int> FindLastText(DbConnection connection, string resolution) =>
        (int)(
            await connection.ExecuteScalarAsync<long?>(
                "SELECT MAX(text_version) FROM co_sponsor WHERE resolution = @resolution AND status <> 'wanted'",
                new { resolution }
            ) ?? 0
        );

    /// <summary>Saves a co-sponsor as a change of its resolution, with its row of history.</summary>
    public static async Task<CoSponsor> Save(
        Write write,
        Caller caller,
        string id,
        string iso3,
        CoSponsorContent content
    )
    {
        var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.CoSponsor, id, iso3);
        var coSponsor = new CoSponsor(id, iso3, content, version, caller.Label, at);
        var row = CoSponsorRow.FromCoSponsor(coSponsor, PersonalTexts.Of(write.Connection));
        await write.Connection.ExecuteAsync($"INSERT INTO co_sponsor_change ({Columns}) VALUES ({Values})", row);
        await write.Connection.ExecuteAsync(
            $"""
            INSERT INTO co_sponsor ({Columns})
            VALUES ({Values})
            ON CONFLICT (resolution, member_state) DO UPDATE SET
                version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at,
                status = excluded.status, role = excluded.role, since = excluded.since,
                withdrawn_on = excluded.withdrawn_on, note = excluded.note, text_version = excluded.text_version
            """,
            row
        );
        return coSponsor;
    }

    /// <summary>Deletes a co-sponsor as a change of its resolution. Returns the version of that change.</summary>
    public static async Task<long> Delete(Write write, Caller caller, CoSponsor coSponsor)
    {
        var (id, iso3) = (coSponsor.Resolution, coSponsor.MemberState);
        var (version, at) = await ResolutionVersion.Raise(write, caller, ChangeKind.CoSponsor, id, iso3);
        var deleted = new CoSponsor(id, iso3, coSponsor, version, caller.Label, at);
        // In the history, a deletion has no status and no role.
        await write.Connection.ExecuteAsync(
            $"INSERT INTO co_sponsor_change ({Columns}) VALUES ({Values})",
            CoSponsorRow.FromCoSponsor(deleted, PersonalTexts.Of(write.Connection)) with
            {
                Status = null,
                Role = null,
            }
        );
        await write.Connection.ExecuteAsync(
            "DELETE FROM co_sponsor WHERE resolution = @id AND member_state = @iso3",
            new { id, iso3 }
        );
        return version;
    }
}
