using System.Data.Common;
using Dapper;
using VoteTracker.Database;

namespace VoteTracker.Features.Views;

/// <summary>
/// Reads and writes saved views. The deleted views of a label are one row without a name and a filter, with the highest of their
/// versions: nothing of a deleted view remains, and the version of another view with its name continues. The feed of changes
/// does not have views, because they are no data of a campaign.
/// </summary>
internal static class ViewStore
{
    /// <summary>The most views that a page lists.</summary>
    public const int MostListed = 1_000;

    /// <summary>The most views of a label.</summary>
    public const int MostOfLabel = 200;

    // No view can have this name.
    private const string NameOfDeleted = "";

    private const string Select = """
        SELECT label, name, filter, resolution, shared, version, changed_at
        FROM saved_view
        """;

    /// <summary>Finds a view of a label; null if there is none.</summary>
    public static async Task<SavedView?> Find(DbConnection connection, string label, string name) =>
        (
            await connection.QuerySingleOrDefaultAsync<ViewRow>(
                $"{Select} WHERE label = @label AND name = @name",
                new { label, name }
            )
        )?.View;

    /// <summary>Finds the highest version of the deleted views of a label; null if there are none.</summary>
    public static Task<long?> FindDeletedVersion(DbConnection connection, string label) =>
        connection.ExecuteScalarAsync<long?>(
            "SELECT MAX(version) FROM saved_view WHERE label = @label AND filter IS NULL",
            new { label }
        );

    /// <summary>Counts the views of a label, without deleted ones.</summary>
    public static Task<long> Count(DbConnection connection, string label) =>
        connection.ExecuteScalarAsync<long>(
            "SELECT COUNT(*) FROM saved_view WHERE label = @label AND filter IS NOT NULL",
            new { label }
        );

    /// <summary>Lists the views that a team member sees: the own ones first, then the shared ones of others, by label and name.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="label">The label of the team member.</param>
    /// <param name="after">The label and name of the last view of the page before; null at the start.</param>
    /// <param name="limit">The number of views.</param>
    public static async Task<IReadOnlyList<SavedView>> List(
        DbConnection connection,
        string label,
        (string Label, string Name)? after = null,
        int limit = MostListed
    )
    {
        const string order = "CASE WHEN label = @label THEN 0 ELSE 1 END, label, name";
        var rows = await connection.QueryAsync<ViewRow>(
            $"""
            {Select}
            WHERE filter IS NOT NULL AND (label = @label OR shared) {(
                after is null ? "" : $"AND ({order}) > (@place, @afterLabel, @afterName)"
            )}
            ORDER BY {order}
            LIMIT @limit
            """,
            new
            {
                label,
                place = after?.Label == label ? 0 : 1,
                afterLabel = after?.Label,
                afterName = after?.Name,
                limit,
            }
        );
        return [.. rows.Select(row => row.View!)];
    }

    /// <summary>Deletes a view, and overwrites its name and its filter.</summary>
    public static async Task Delete(Write write, SavedView view, long version)
    {
        write.OverwriteDeleted();
        write.EraseLog();
        var deleted = await FindDeletedVersion(write.Connection, view.CreatedBy);
        await write.Connection.ExecuteAsync(
            "DELETE FROM saved_view WHERE label = @CreatedBy AND (name = @Name OR filter IS NULL)",
            new { view.CreatedBy, view.Name }
        );
        await Insert(
            write,
            new ViewRow
            {
                Label = view.CreatedBy,
                Name = NameOfDeleted,
                Version = Math.Max(deleted ?? 0, version),
                ChangedAt = write.Now,
            }
        );
    }

    /// <summary>Saves a view of a label under a name.</summary>
    public static async Task<SavedView> Save(
        Write write,
        string label,
        string name,
        long version,
        string filter,
        string? resolution,
        bool shared
    )
    {
        var row = new ViewRow
        {
            Label = label,
            Name = name,
            Filter = filter,
            Resolution = resolution,
            Shared = shared,
            Version = version,
            ChangedAt = write.Now,
        };
        await Insert(write, row);
        return row.View!;
    }

    private static Task Insert(Write write, ViewRow row) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO saved_view (label, name, filter, resolution, shared, version, changed_at)
            VALUES (@Label, @Name, @Filter, @Resolution, @Shared, @Version, @ChangedAt)
            ON CONFLICT (label, name) DO UPDATE SET
                filter = excluded.filter, resolution = excluded.resolution, shared = excluded.shared,
                version = excluded.version, changed_at = excluded.changed_at
            """,
            row
        );

    private sealed record ViewRow
    {
        public string Label { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Filter { get; init; }
        public string? Resolution { get; init; }
        public bool Shared { get; init; }
        public long Version { get; init; }
        public DateTimeOffset ChangedAt { get; init; }

        public SavedView? View =>
            Filter is null
                ? null
                : new SavedView
                {
                    Name = Name,
                    CreatedBy = Label,
                    Filter = Filter,
                    Resolution = Resolution,
                    Shared = Shared,
                    Link = Resolution is null ? null : $"/desk/{Resolution}{(Filter.Length == 0 ? "" : $"?{Filter}")}",
                    Version = Version,
                    ChangedAt = ChangedAt,
                };
    }
}
