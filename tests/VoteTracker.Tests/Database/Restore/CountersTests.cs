using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;

namespace VoteTracker.Tests.Database.Restore;

/// <summary>Each table whose rows have a version counter is known to the incarnations.</summary>
[OnlySqlite]
public sealed class CountersTests
{
    // The version in them is that of the resolution, the session, the vote day, the deleted record or the schema. Histories, `…_change`, have the versions of their tables.
    private static readonly string[] WithoutCounter =
    [
        "change",
        "stance",
        "co_sponsor",
        "roll_call",
        "roll_call_vote",
        "session_request",
        "council_vote",
        "vote_day_vote",
        "deleted_task",
        "schema_version",
    ];

    [Test]
    public async Task Every_table_with_a_version_counter_continues_after_a_restore()
    {
        using var app = new App();
        var tables = await app
            .Services.GetRequiredService<Db>()
            .Read(connection =>
                connection.QueryAsync<string>(
                    """
                    SELECT t.name
                    FROM sqlite_master t, pragma_table_info(t.name) c
                    WHERE t.type = 'table' AND c.name = 'version'
                    """
                )
            );
        tables
            .Where(table => !table.EndsWith("_change", StringComparison.Ordinal))
            .Except(WithoutCounter)
            .ShouldBeInAnyOrder(Incarnation.Counters);
    }
}
