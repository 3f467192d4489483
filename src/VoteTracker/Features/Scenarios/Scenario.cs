using System.Data.Common;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Scenarios;

/// <summary>A scenario that the campaign keeps under a name.</summary>
public sealed record Scenario
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Its name, 1 to 64 of a-z, 0-9 and inner hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What it supposes.</summary>
    public required IReadOnlyList<ScenarioChange> Changes { get; init; }

    /// <summary>A counter of its own, raised by every change of it; the ETag. It goes on after a DELETE.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>When; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>404: nothing is kept under that name.</summary>
    internal static ProblemHttpResult NotThere(string name) =>
        Problems.NotFound($"No scenario is kept under the name {SafeText.Quote(name)}.");

    /// <summary>400: a name that it cannot have; null where it can.</summary>
    internal static ProblemHttpResult? WrongName(string name) =>
        ResolutionId.Shape().IsMatch(name)
            ? null
            : Problems.Invalid("name", "must be 1 to 64 of a-z, 0-9 and inner hyphens");

    /// <summary>What is kept under a name, or was: its version, and the scenario where it was not taken away.</summary>
    internal static async Task<(long? Version, Scenario? Scenario)> Find(
        DbConnection connection,
        string id,
        string name
    )
    {
        var row = await connection.QuerySingleOrDefaultAsync<ScenarioRow>(
            $"{ScenarioRow.Select} WHERE resolution = @id AND name = @name",
            new { id, name }
        );
        return (row?.Version, row?.Scenario);
    }

    /// <summary>Puts it under its name, or, without changes, takes away what is there.</summary>
    internal static async Task<Scenario> Save(
        Write write,
        Caller caller,
        string id,
        string name,
        long version,
        IReadOnlyList<ScenarioChange>? changes
    )
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
                changes = changes is null ? null : JsonSerializer.Serialize(changes, Json.Options),
                version,
                write.Now,
                caller.Label,
            }
        );
        // Without a version of the resolution: what is supposed changes nothing that is counted.
        await Change.Append(write, caller, ChangeKind.Scenario, id, version: null, write.Now);
        return new Scenario
        {
            Resolution = id,
            Name = name,
            Changes = changes ?? [],
            Version = version,
            ChangedBy = caller.Label,
            ChangedAt = write.Now,
        };
    }
}

/// <summary>A scenario as it is read; one that was taken away has no changes.</summary>
internal sealed record ScenarioRow
{
    public const string Select = """
        SELECT resolution, name, changes, version, changed_by, changed_at
        FROM scenario
        """;

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
