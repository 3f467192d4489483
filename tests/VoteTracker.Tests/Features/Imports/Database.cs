using Dapper;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>Everything in a database but the imports themselves, to see that nothing changed.</summary>
internal static class Database
{
    public static IReadOnlyList<string> Open(App app)
    {
        using var connection = Databases.Open(app.Folder);
        var tables = Databases
            .Tables(connection)
            .Except(
                ["import", "incarnation", "api_key", "roll_call_vote", "sqlite_sequence", "write_turn"],
                StringComparer.Ordinal
            )
            .ToList();
        tables.Count.ShouldBeGreaterThan(15);
        return
        [
            .. tables.SelectMany(table =>
                connection
                    .Query($"SELECT * FROM \"{table}\"")
                    .Select(row => $"{table}: {string.Join('|', ((IDictionary<string, object?>)row).Values)}")
            ),
        ];
    }
}
