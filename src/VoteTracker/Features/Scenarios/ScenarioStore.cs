using System.Data.Common;
using System.Text.Json;
using Dapper;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Scenarios;

/// <summary>
/// Reads and writes scenarios. The deleted scenarios of a resolution are one row without a name and changes, with the highest
/// of their versions: the version of another scenario with the name of a deleted one continues.
/// </summary>
internal static class ScenarioStore
{
    // No scenario can have this name.
    private const string NameOfDeleted = "";

    private const string Select = """
        SELECT resolution, name, changes, version, changed_by, changed_at
        FROM scenario
        """;

    /// <summary>Finds a scenario and the version after which its name continues; null if there is none.</summary>
    public static async Task<(long? Version, Scenario? Scenario)> Find(DbConnection connection, string id, string name)
    {
        var row = await connection.QuerySingleOrDefaultAsync<ScenarioRow>(
            $"{Select} WHERE resolution = @id AND name = @name",
            new { id, name }
        );
        return row?.Scenario is { } scenario
            ? (scenario.Version, scenario)
            : (await FindDeletedVersion(connection, id), null);
    }

    /// <summary>Deletes a scenario, and overwrites its name.</summary>
    public static async Task Delete(Write write, Caller caller, Scenario scenario, long version)
    {
        write.OverwriteDeleted();
        write.EraseLog();
        var deleted = await FindDeletedVersion(write.Connection, scenario.Resolution);
        await write.Connection.ExecuteAsync(
            "DELETE FROM scenario WHERE resolution = @Resolution AND (name = @Name OR changes IS NULL)",
            new { scenario.Resolution, scenario.Name }
        );
        var highest = Math.Max(deleted ?? 0, version);
        await Insert(write, caller, scenario.Resolution, NameOfDeleted, highest, changes: null);
    }

    /// <summary>Saves a scenario under a name.</summary>
    public static async Task<Scenario> Save(
        Write write,
        Caller caller,
        string id,
        string name,
        long version,
        IReadOnlyList<ScenarioChange> changes
    )
    {
        await Insert(write, caller, id, name, version, JsonSerializer.Serialize(changes, Json.Options));
        return new Scenario
        {
            Resolution = id,
            Name = name,
            Changes = changes,
            Version = version,
            ChangedBy = caller.Label,
            ChangedAt = write.Now,
        };
    }

    private static Task<long?> FindDeletedVersion(DbConnection connection, string id) =>
        connection.ExecuteScalarAsync<long?>(
            "SELECT MAX(version) FROM scenario WHERE resolution = @id AND changes IS NULL",
            new { id }
        );

    private static async Task Insert(Write write, Caller caller, string id, string name, long version, string? changes)
    {
        await write.Connection.ExecuteAsync(
            """
            INSERT INTO scenario (resolution, name, changes, version, changed_at, changed_by)
            VALUES (@id, @name, @changes, @version, @Now, @Label)
            ON CONFLICT (resolution, name) DO UPDATE SET
                changes = excluded.changes, version = excluded.version, changed_at = excluded.changed_at,
                changed_by = excluded.changed_by
            """,
            new
            {
                id,
                name,
                changes,
                version,
                write.Now,
                caller.Label,
            }
        );
        // The resolution gets no new version, because a scenario does not change its tally.
        await ResolutionVersion.Append(write, caller, ChangeKind.Scenario, id, version: null, write.Now);
    }

    /// <summary>Lists a page of the scenarios of a resolution, in the order of their names.</summary>
    public static async Task<IEnumerable<Scenario>> List(
        DbConnection connection,
        string id,
        string? after,
        int limit
    ) =>
        (
            await connection.QueryAsync<ScenarioRow>(
                $"""
                {Select}
                WHERE resolution = @id AND changes IS NOT NULL AND (@after IS NULL OR name > @after)
                ORDER BY name
                LIMIT @limit
                """,
                new
                {
                    id,
                    after,
                    limit,
                }
            )
        ).Select(row => row.Scenario!);

    private sealed record ScenarioRow
    {
        public string Resolution { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Changes { get; init; }
        public long Version { get; init; }
        public string ChangedBy { get; init; } = "";
        public DateTimeOffset ChangedAt { get; init; }

        public Scenario? Scenario =>
            Changes is null
                ? null
                : new Scenario
                {
                    Resolution = Resolution,
                    Name = Name,
                    Changes = JsonSerializer.Deserialize<IReadOnlyList<ScenarioChange>>(Changes, Json.Options)!,
                    Version = Version,
                    ChangedBy = ChangedBy,
                    ChangedAt = ChangedAt,
                };
    }
}
