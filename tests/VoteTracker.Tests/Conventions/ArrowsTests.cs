using System.Text.RegularExpressions;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Features.Exports;

namespace VoteTracker.Tests.Conventions;

/// <summary>Dependencies point Web → Features → Live, Endpoints, Security → Database, Voting. An endpoint never uses another one.</summary>
public sealed partial class ArrowsTests
{
    private static readonly HashSet<Type> Endpoints =
    [
        .. Uses.Service.GetTypes().Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(BaseEndpoint))),
    ];

    // A folder, and the folders that it must not use.
    [TestCase("Voting", "Localization", "Database", "Endpoints", "Security", "Live", "Features", "Web", "")]
    [TestCase("Localization", "Database", "Endpoints", "Security", "Live", "Features", "Web")]
    [TestCase("Database", "Voting", "Localization", "Endpoints", "Security", "Live", "Features", "Web")]
    [TestCase("Endpoints", "Security", "Live", "Features", "Web")]
    [TestCase("Security", "Localization", "Live", "Features", "Web")]
    [TestCase("Live", "Features", "Web")]
    [TestCase("Features", "Web")]
    public void A_folder_uses_only_folders_below_it(string folder, params string[] forbidden)
    {
        var inside = Uses.OfEach.Where(t => Uses.Folder(t.Key) == folder).ToList();
        inside.Count.ShouldBeGreaterThan(3);
        inside
            .SelectMany(t =>
                t.Value.Where(used => used.Assembly == Uses.Service && forbidden.Contains(Uses.Folder(used)))
                    .Select(used => $"{t.Key.Name} uses {used.Namespace}.{used.Name}")
            )
            .ShouldBeEmpty();
    }

    [Test]
    public void The_rules_of_the_Assembly_use_no_web_no_database_and_no_clock()
    {
        var rules = Uses.OfEach.Where(t => Uses.Folder(t.Key) == "Voting").ToList();
        rules.Count.ShouldBeGreaterThan(15);
        // The test finds such uses in other folders.
        Uses.OfEach.ShouldContain(t => Uses.Folder(t.Key) == "Live" && t.Value.Contains(typeof(TimeProvider)));
        Uses.OfEach.ShouldContain(t =>
            Uses.Folder(t.Key) == "Endpoints"
            && t.Value.Any(used => used.Namespace!.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal))
        );
        rules
            .SelectMany(t => t.Value.Where(IsForeign).Select(used => $"{t.Key.Name} uses {used.FullName}"))
            .ShouldBeEmpty();
        static bool IsForeign(Type used) =>
            used == typeof(TimeProvider)
            || used.Namespace?.Split('.') is ["Microsoft" or "Dapper" or "FluentValidation", ..]
            || used.Namespace is { } n && n.StartsWith("System.Data", StringComparison.Ordinal);
    }

    [Test]
    public void The_rules_of_the_Assembly_never_read_the_time()
    {
        var files = Source.Files("Voting");
        files.Count.ShouldBeGreaterThan(10);
        files.Where(f => AsksTheTime().IsMatch(f.Text)).Select(f => f.Name).ShouldBeEmpty();
    }

    [Test]
    public void An_endpoint_never_uses_another_endpoint()
    {
        Endpoints.Count.ShouldBeGreaterThan(60);
        Uses.OfEach.Where(t => Uses.Folder(t.Key) is "Features" or "Web")
            .SelectMany(t =>
                t.Value.Where(used => used != t.Key && Endpoints.Contains(used))
                    .Select(used => $"{t.Key.Name} uses {used.Name}")
            )
            .ShouldBeEmpty();
        // Constants and names in comments too.
        Source
            .Files("Features")
            .SelectMany(f =>
                Endpoints
                    .Select(e => e.Name)
                    .Where(e => Path.GetFileNameWithoutExtension(f.Name) != e && Regex.IsMatch(f.Text, $@"\b{e}\."))
                    .Select(e => $"{f.Name} names {e}")
            )
            .ShouldBeEmpty();
    }

    [Test]
    public void Every_endpoint_is_a_line_of_Routes_and_a_file_of_its_name_or_of_its_row()
    {
        Endpoints.Except(Routes.All.Select(r => r.Endpoint)).Select(e => e.Name).ShouldBeEmpty();
        Routes.All.Select(r => r.Endpoint).Except(Endpoints).Select(e => e.Name).ShouldBeEmpty();
        Routes.All.GroupBy(r => r.Endpoint).Where(g => g.Count() > 1).Select(g => g.Key.Name).ShouldBeEmpty();
        var files = Source.Files("Features").Concat(Source.Files("Web")).ToList();
        foreach (var endpoint in Endpoints)
        {
            // The export of a table is in the file of the table's row.
            var name = RowOf(endpoint)?.Name ?? endpoint.Name;
            files
                .Single(f => Path.GetFileNameWithoutExtension(f.Name) == name)
                .Text.ShouldMatch($@"internal sealed (partial )?class {endpoint.Name}\b");
        }
    }

    private static Type? RowOf(Type endpoint) =>
        endpoint.BaseType is { IsGenericType: true } parent
        && parent.GetGenericTypeDefinition() == typeof(TableExport<>)
            ? parent.GetGenericArguments()[0]
            : null;

    [Test]
    public void The_table_of_routes_has_the_methods_and_addresses_that_are_served()
    {
        using var app = new App();
        ServedRoute
            .All(app)
            .Select(r => $"{r.Endpoint.Metadata.GetMetadata<EndpointDefinition>()?.EndpointType.Name} {r}")
            .ShouldBe(
                Routes.All.SelectMany(r => r.Paths.Select(path => $"{r.Endpoint.Name} {r.Method} {path}")),
                "in the same order"
            );
    }

    [Test]
    public void The_table_of_routes_marks_the_pages_and_no_other_route()
    {
        using var app = new App();
        var pages = ServedRoute.All(app).Where(r => r.IsPage).Select(r => r.ToString()).ToList();
        pages.ShouldNotBeEmpty();
        pages.ShouldBe(Routes.All.Where(r => r.IsPage).SelectMany(r => r.Paths.Select(path => $"{r.Method} {path}")));
    }

    [Test]
    public void No_route_is_mapped_beside_the_table()
    {
        var files = Source.Files("");
        files.Count.ShouldBeGreaterThan(200);
        files.Where(f => Maps().IsMatch(f.Text)).Select(f => f.Name).ShouldBeEmpty();
    }

    [TestCase("Sqlite", "Microsoft.Data.Sqlite", "SQLitePCL")]
    [TestCase("Postgres", "Npgsql", "NpgsqlTypes")]
    public void Only_one_file_names_a_database_engine_and_the_folder_of_its_statements(
        string engine,
        string provider,
        string other
    )
    {
        var folder = $"Database/{engine}/";
        var named = Source
            .Files("")
            .Where(f =>
                f.Text.Contains(provider, StringComparison.Ordinal) || f.Text.Contains(other, StringComparison.Ordinal)
            )
            .Select(f => f.Name)
            .ToList();
        named.ShouldContain(name => name.StartsWith(folder, StringComparison.Ordinal));
        named.ShouldAllBe(name => name.StartsWith(folder, StringComparison.Ordinal));
        Uses.OfEach.Where(t =>
                t.Key.Namespace != $"VoteTracker.Database.{engine}"
                && t.Value.Any(used =>
                    used.Namespace == $"VoteTracker.Database.{engine}"
                    || used.Namespace?.StartsWith(provider, StringComparison.Ordinal) == true
                )
            )
            .Select(t => t.Key.Name)
            .ShouldBe(["Db"]);
    }

    [Test]
    public void Each_migration_exists_for_both_databases()
    {
        List<(int, string)> Of(string engine) => [.. MigrationList.Load(engine).Select(m => (m.Version, m.Name))];
        var numbers = Of("Sqlite").Select(m => m.Item1).ToList();
        numbers.Count.ShouldBeGreaterThan(3);
        numbers.ShouldBe(Enumerable.Range(1, numbers[^1]).Except(MigrationList.Gaps));
        Of("Postgres").ShouldBe(Of("Sqlite"));
    }

    [GeneratedRegex(
        @"\bMap(Get|Post|Put|Patch|Delete)\(",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Maps();

    [GeneratedRegex(
        @"\b(DateTime|DateTimeOffset|DateOnly|Stopwatch|Environment)\.(Now|UtcNow|Today|StartNew|GetTimestamp|TickCount)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex AsksTheTime();
}
