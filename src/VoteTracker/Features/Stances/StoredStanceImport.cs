using System.Data.Common;
using System.Text.Json.Serialization;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Database.Encryption;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances.Undo;
using VoteTracker.Security;

namespace VoteTracker.Features.Stances;

/// <summary>An import of stances or assignments that changed something. It can be reverted.</summary>
public sealed record StoredStanceImport
{
    private const string Columns =
        "id, resolution, first_version, last_version, changes, imported_at, imported_by, reverted_at, reverted_by, undone";

    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The resolution's version that its first change of a stance made. If it changed no stance, it is above `lastVersion`.</summary>
    public required long FirstVersion { get; init; }

    /// <summary>The resolution's version that its last change of a stance made, or the version at the import.</summary>
    public required long LastVersion { get; init; }

    /// <summary>The number of stances that it changed.</summary>
    public required int Changes { get; init; }

    /// <summary>Its moment; UTC.</summary>
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>The label of the key that imported.</summary>
    public required string ImportedBy { get; init; }

    /// <summary>The moment of its revert; UTC; null if it is not reverted.</summary>
    public required DateTimeOffset? RevertedAt { get; init; }

    /// <summary>The label of the key that reverted it; null if it is not reverted.</summary>
    public required string? RevertedBy { get; init; }

    /// <summary>The number of stances that the revert restored; null if it is not reverted.</summary>
    public required int? Undone { get; init; }

    /// <summary>The stances that it changed, in the order of the file. A list of imports does not have them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImportedStance>? Stances { get; init; }

    /// <summary>The assignments that it changed, in the order of their states. A list of imports does not have them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ImportedAssignee>? Assignments { get; init; }

    /// <summary>
    /// Inserts an import before its changes. Those of stances are the next versions of the resolution. Returns its id; null
    /// if there are no changes, and then nothing is inserted.
    /// </summary>
    /// <param name="write">The write.</param>
    /// <param name="caller">The author.</param>
    /// <param name="resolution">The resolution's id.</param>
    /// <param name="changes">The number of changes of stances.</param>
    /// <param name="assignments">The number of changes of assignments.</param>
    internal static async Task<string?> Insert(
        Write write,
        Caller caller,
        string resolution,
        int changes,
        int assignments
    )
    {
        if (changes + assignments == 0)
        {
            return null;
        }
        var id = ApiKey.NewId();
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO stance_import (id, resolution, first_version, last_version, changes, imported_at, imported_by)
            SELECT @newId, id, version + 1, version + @count, @count, @Now, @by
            FROM resolution
            WHERE id = @resolution
            """,
            new
            {
                newId = id,
                resolution,
                count = (long)changes,
                write.Now,
                by = caller.Label,
            }
        );
        return id;
    }

    /// <summary>Finds an import of a resolution; null if it has none with this id.</summary>
    internal static async Task<StoredStanceImport?> Find(DbConnection connection, string resolution, string id) =>
        (
            await connection.QuerySingleOrDefaultAsync<Row>(
                $"SELECT {Columns} FROM stance_import WHERE id = @id AND resolution = @resolution",
                new { id, resolution }
            )
        )?.Import;

    /// <summary>Lists the imports of a resolution before a position in the list, the newest first.</summary>
    internal static async Task<IEnumerable<StoredStanceImport>> List(
        DbConnection connection,
        string resolution,
        ImportPosition? before,
        int limit
    ) =>
        (
            await connection.QueryAsync<Row>(
                $"""
                SELECT {Columns}
                FROM stance_import
                WHERE resolution = @resolution
                    {(before is null ? "" : "AND (last_version, imported_at, id) < (@Version, @At, @Id)")}
                ORDER BY last_version DESC, imported_at DESC, id DESC
                LIMIT @limit
                """,
                new
                {
                    resolution,
                    before?.Version,
                    before?.At,
                    before?.Id,
                    limit,
                }
            )
        ).Select(row => row.Import);

    /// <summary>Lists the changes that it made, each with the content before it, in the order of the file.</summary>
    internal async Task<IReadOnlyList<ImportedChange>> ListChanges(DbConnection connection) =>
        await EncryptedRows.Query(
            connection,
            $"""
            SELECT {string.Join(", ", StanceStore.RevisionColumns.Split(", ").Select(c => $"c.{c}"))}, c.replaced,
                {string.Join(", ", StanceContent.Columns.Select(c => $"b.{c}"))}, b.restored
            FROM stance_change c
            LEFT JOIN stance_change b
                ON b.resolution = c.resolution AND b.version = c.replaced AND b.member_state = c.member_state
            WHERE c.resolution = @Resolution AND c.version BETWEEN @FirstVersion AND @LastVersion
            ORDER BY c.version
            """,
            new
            {
                Resolution,
                FirstVersion,
                LastVersion,
            },
            ImportedChange.Read
        );

    /// <summary>Saves that it was reverted.</summary>
    internal Task SaveRevert(Write write, Caller caller, int undone) =>
        write.Connection.ExecuteAsync(
            "UPDATE stance_import SET reverted_at = @Now, reverted_by = @by, undone = @count WHERE id = @Id",
            new
            {
                Id,
                write.Now,
                by = caller.Label,
                count = (long)undone,
            }
        );

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Resolution { get; init; } = "";
        public long FirstVersion { get; init; }
        public long LastVersion { get; init; }
        public long Changes { get; init; }
        public DateTimeOffset ImportedAt { get; init; }
        public string ImportedBy { get; init; } = "";
        public DateTimeOffset? RevertedAt { get; init; }
        public string? RevertedBy { get; init; }
        public long? Undone { get; init; }

        public StoredStanceImport Import =>
            new()
            {
                Id = Id,
                Resolution = Resolution,
                FirstVersion = FirstVersion,
                LastVersion = LastVersion,
                Changes = (int)Changes,
                ImportedAt = ImportedAt,
                ImportedBy = ImportedBy,
                RevertedAt = RevertedAt,
                RevertedBy = RevertedBy,
                Undone = (int?)Undone,
            };
    }
}
