using Dapper;
using Microsoft.Extensions.DependencyInjection;
using VoteTracker.Database;
using VoteTracker.Endpoints.Text;

namespace VoteTracker.Tests.Features.Endorsements;

/// <summary>The search for organisations, which the database does.</summary>
[EveryEngine]
public sealed class SearchEndorsementsTests
{
    private static readonly string[] Names =
    [
        "École des arts",
        "Academy of arts, 100% public",
        "a_b network",
        "ab network",
        "Партия учителей",
        "نقابة المعلمين",
        "教师协会",
        "!***!",
        "D'Ivoire teachers' union",
        "Party",
    ];

    [Test]
    public async Task A_search_in_the_database_finds_what_a_search_in_memory_finds()
    {
        using var app = new App();
        foreach (var name in Names)
        {
            await app.Lobbyist.Endorse(name);
        }
        foreach (
            var q in (string[])
                [
                    "arts",
                    "ART aca",
                    "rts",
                    "100%",
                    "a_b",
                    "a%b",
                    "ab",
                    "учителеи",
                    "المعلمين",
                    "معلمين",
                    "师",
                    "教协",
                    "d'ivoire",
                    "teachers-union",
                    "par",
                    "party!",
                    "x",
                ]
        )
        {
            var search = SearchText.Parse(q)!;
            (await app.Anonymous.Organisations($"?limit=100&q={Uri.EscapeDataString(q)}")).ShouldBeInAnyOrder(
                Names.Where(name => search.Matches(name)),
                q
            );
        }
    }

    [Test]
    [NonParallelizable]
    public async Task A_search_of_many_names_reads_only_those_that_it_finds()
    {
        using var app = new App();
        await app
            .Services.GetRequiredService<Db>()
            .Write(write =>
                write.Connection.ExecuteAsync(
                    """
                    INSERT INTO endorsement (organisation, name_key, is_public, version, changed_at, changed_by)
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                    SELECT 'Organisation ' || n.i, 'organisation ' || n.i, TRUE, 1, @at, 'list' FROM n
                    """,
                    new { at = write.Now }
                )
            );
        (await app.Anonymous.Organisations("?q=zzzz")).ShouldBeEmpty();
        (await app.Anonymous.Organisations("?q=19999")).ShouldBe(["Organisation 19999"]);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        (await app.Anonymous.Organisations("?q=zzzz")).ShouldBeEmpty();
        // To read and fold 20,000 names takes 20 MB and more.
        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(5_000_000);
    }
}
