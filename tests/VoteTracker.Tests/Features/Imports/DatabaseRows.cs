using Dapper;

namespace VoteTracker.Tests.Features.Imports;

/// <summary>The rows of all tables except those of imports, to check that nothing changed.</summary>
internal static class DatabaseRows
{
    public static IReadOnlyList<string> Read(App app)
    {
        using var connection = Databases.Open(app.Folder);
        var tables = Databases
            .Tables(connection)
            .Except(
                [
                    "import",
                    "incarnation",
                    "api_key",
                    "roll_call_vote",
                    "sqlite_sequence",
                    "write_turn",
                    "audit_chain",
                    "audit_entry",
                ],
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
