using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;

namespace VoteTracker.Tests.Database;

/// <summary>The type of a computed column does not depend on its first row, which can be NULL.</summary>
[EveryEngine]
public sealed class ComputedColumnsTests
{
    [TestCase("ASC")]
    [TestCase("DESC")]
    public async Task A_computed_value_is_read_in_the_same_way_after_a_NULL(string order)
    {
        using var app = new App();
        var rows = await app
            .Services.GetRequiredService<Db>()
            .Read(connection =>
                connection.QueryAsync<Row>(
                    $"""
                    SELECT
                        n, CASE WHEN n = 2 THEN n > 1 END AS flag, CASE WHEN n = 2 THEN n * 3 END AS small,
                        CASE WHEN n = 2 THEN n * 5 END AS large, CASE WHEN n = 2 THEN n * 0.25 END AS share,
                        CASE WHEN n = 2 THEN 'two' END AS word
                    FROM (SELECT 1 AS n UNION ALL SELECT 2 AS n) AS numbers
                    ORDER BY n {order}
                    """
                )
            );
        rows.OrderBy(r => r.N)
            .ShouldBe([
                new Row { N = 1 },
                new Row
                {
                    N = 2,
                    Flag = true,
                    Small = 6,
                    Large = 10,
                    Share = 0.5,
                    Word = "two",
                },
            ]);
    }

    private sealed record Row
    {
        public long N { get; init; }
        public bool? Flag { get; init; }
        public int? Small { get; init; }
        public long? Large { get; init; }
        public double? Share { get; init; }
        public string? Word { get; init; }
    }
}
