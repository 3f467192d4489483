using System.Data.Common;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Security;

namespace VoteTracker.Features.Endorsements;

/// <summary>Reads and writes endorsements. All SQL that names a column of their content is here.</summary>
internal static class EndorsementStore
{
    private const string Content =
        "organisation, name_key, member_state, resolution, kind, languages, url, signed_on, is_public";

    private const string Select = $"SELECT id, {Content}, version, changed_at, changed_by FROM endorsement e";

    private const string Inserted = $"""
        INSERT INTO endorsement ({Content}, version, changed_at, changed_by)
        VALUES (
            @Organisation, @NameKey, @MemberState, @Resolution, @Kind, @Languages, @Url, @SignedOn, @IsPublic,
            {Incarnation.FirstVersionOfNew}, @ChangedAt, @ChangedBy
        )
        """;

    // A lookup of many names is one statement for each part.
    private const int NamesOfLookup = 500;

    /// <summary>Finds an endorsement that a caller can see; null if there is none.</summary>
    public static async Task<Endorsement?> Find(DbConnection connection, long id, Caller caller) =>
        (
            await connection.QuerySingleOrDefaultAsync<EndorsementRow>(
                $"{Select} WHERE e.id = @id AND {EndorsementFilter.Visible(caller)}",
                new { id }
            )
        )?.Endorsement.For(caller);

    /// <summary>Finds the endorsement of an organisation for the same state and resolution; null if there is none.</summary>
    public static async Task<Endorsement?> FindSame(DbConnection connection, EndorsementContent content) =>
        (
            await connection.QuerySingleOrDefaultAsync<EndorsementRow>(
                $"""
                {Select}
                WHERE e.name_key = @key AND COALESCE(e.member_state, '') = @state AND COALESCE(e.resolution, '') = @resolution
                """,
                new
                {
                    key = Endorsement.KeyOf(content.Organisation),
                    state = content.MemberState ?? "",
                    resolution = content.Resolution ?? "",
                }
            )
        )?.Endorsement;

    /// <summary>Lists the endorsements of organisations with these folded names, for any state and resolution.</summary>
    public static async Task<IReadOnlyList<Endorsement>> ListNamed(
        DbConnection connection,
        IReadOnlyCollection<string> names
    )
    {
        var found = new List<Endorsement>();
        foreach (var keys in names.Chunk(NamesOfLookup))
        {
            var rows = await connection.QueryAsync<EndorsementRow>($"{Select} WHERE e.name_key IN @keys", new { keys });
            found.AddRange(rows.Select(row => row.Endorsement));
        }
        return found;
    }

    /// <summary>Lists a page of the endorsements that a caller can see, by the names of the organisations.</summary>
    public static async Task<IReadOnlyList<Endorsement>> List(
        DbConnection connection,
        EndorsementFilter filter,
        Caller caller,
        (string Name, long Id)? after,
        int limit
    )
    {
        // The names are stored folded, so the database finds them, the same way for both.
        var patterns = filter.Search?.Patterns ?? [];
        var parameters = new DynamicParameters(
            new
            {
                filter.MemberState,
                filter.Resolution,
                filter.About,
                filter.KindWord,
                name = after?.Name,
                id = after?.Id ?? 0,
                limit,
            }
        );
        for (var i = 0; i < patterns.Count; i++)
        {
            parameters.Add($"pattern{i}", patterns[i]);
        }
        var rows = await connection.QueryAsync<EndorsementRow>(
            $"""
            {Select}
            WHERE {filter.Conditions(caller)} {(after is null ? "" : "AND (e.name_key, e.id) > (@name, @id)")}
                {string.Concat(patterns.Select((_, i) => $" AND ' ' || e.name_key LIKE @pattern{i} ESCAPE '!'"))}
            ORDER BY e.name_key, e.id
            LIMIT @limit
            """,
            parameters
        );
        return [.. rows.Select(row => row.Endorsement.For(caller))];
    }

    /// <summary>Counts the endorsements that a caller can see, by state and kind.</summary>
    public static async Task<IReadOnlyList<EndorsementCount>> Count(
        DbConnection connection,
        EndorsementFilter filter,
        Caller caller
    ) =>
        [
            .. await connection.QueryAsync<EndorsementCount>(
                $"""
                SELECT
                    e.member_state, e.kind, CAST(COUNT(*) AS INTEGER) AS total,
                    CAST(SUM(CASE WHEN e.is_public THEN 1 ELSE 0 END) AS INTEGER) AS published
                FROM endorsement e
                WHERE {filter.Conditions(caller)}
                GROUP BY e.member_state, e.kind
                """,
                new
                {
                    filter.MemberState,
                    filter.Resolution,
                    filter.About,
                    filter.KindWord,
                }
            ),
        ];

    /// <summary>Inserts an endorsement.</summary>
    public static async Task<Endorsement> Insert(Write write, Caller caller, EndorsementContent content)
    {
        var row = EndorsementRow.FromContent(0, content, caller.Label, write.Now);
        var id = await write.Connection.ExecuteScalarAsync<long>($"{Inserted} RETURNING id", row);
        await Append(write, caller, content, content.Public);
        return await Load(write, id);
    }

    /// <summary>Inserts many endorsements, without reading them again.</summary>
    public static async Task InsertMany(Write write, Caller caller, IReadOnlyList<EndorsementContent> contents)
    {
        await write.Connection.ExecuteAsync(
            Inserted,
            contents.Select(content => EndorsementRow.FromContent(0, content, caller.Label, write.Now))
        );
        foreach (var content in contents)
        {
            await Append(write, caller, content, content.Public);
        }
    }

    /// <summary>Updates an endorsement, and raises its version.</summary>
    public static async Task<Endorsement> Update(
        Write write,
        Caller caller,
        Endorsement before,
        EndorsementContent content
    )
    {
        await write.Connection.ExecuteAsync(
            """
            UPDATE endorsement
            SET version = version + 1, changed_at = @ChangedAt, changed_by = @ChangedBy, organisation = @Organisation,
                name_key = @NameKey, member_state = @MemberState, resolution = @Resolution, kind = @Kind,
                languages = @Languages, url = @Url, signed_on = @SignedOn, is_public = @IsPublic
            WHERE id = @Id
            """,
            EndorsementRow.FromContent(before.Id, content, caller.Label, write.Now)
        );
        // Readers of the public list learn that an endorsement has left it, or has another state.
        if (before.MemberState != content.MemberState || before.Resolution != content.Resolution)
        {
            await Append(write, caller, before, before.Public);
        }
        await Append(write, caller, content, before.Public || content.Public);
        return await Load(write, before.Id);
    }

    /// <summary>Deletes an endorsement.</summary>
    public static async Task Delete(Write write, Caller caller, Endorsement endorsement)
    {
        await write.Connection.ExecuteAsync("DELETE FROM endorsement WHERE id = @Id", new { endorsement.Id });
        await Append(write, caller, endorsement, endorsement.Public);
    }

    private static async Task<Endorsement> Load(Write write, long id) =>
        (await write.Connection.QuerySingleAsync<EndorsementRow>($"{Select} WHERE e.id = @id", new { id })).Endorsement;

    private static Task Append(Write write, Caller caller, EndorsementContent content, bool isPublic) =>
        ResolutionVersion.Append(
            write,
            caller,
            ChangeKind.Endorsement,
            content.Resolution,
            version: null,
            write.Now,
            content.MemberState,
            confidential: !isPublic
        );
}

/// <summary>How many endorsements a state and a kind have.</summary>
internal sealed record EndorsementCount
{
    public string? MemberState { get; init; }
    public string? Kind { get; init; }
    public int Total { get; init; }
    public int Published { get; init; }
}
