using System.Text.RegularExpressions;
using VoteTracker.Database;

namespace VoteTracker.Tests.Conventions;

/// <summary>Arrows run Features → Live, Http, Security → Database, Voting; an endpoint never uses another endpoint.</summary>
public sealed partial class ArrowsTests
{
    // A folder and those whose types it must not use.
    [TestCase("Voting", "Database", "Http", "Security", "Live", "Features", "")]
    [TestCase("Database", "Voting", "Http", "Security", "Live", "Features")]
    [TestCase("Http", "Security", "Live", "Features")]
    [TestCase("Security", "Live", "Features")]
    [TestCase("Live", "Features")]
    public void An_arrow_never_runs_back(string folder, params string[] forbidden)
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
    public void The_rules_of_the_Assembly_know_no_web_no_database_and_no_clock()
    {
        var rules = Uses.OfEach.Where(t => Uses.Folder(t.Key) == "Voting").ToList();
        rules.Count.ShouldBeGreaterThan(15);
        // It finds what it looks for where that is.
        Uses.OfEach.ShouldContain(t => Uses.Folder(t.Key) == "Live" && t.Value.Contains(typeof(TimeProvider)));
        Uses.OfEach.ShouldContain(t =>
            Uses.Folder(t.Key) == "Http"
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
    public void The_rules_of_the_Assembly_never_ask_what_time_it_is()
    {
        var files = Source.Files("Voting");
        files.Count.ShouldBeGreaterThan(10);
        files.Where(f => AsksTheTime().IsMatch(f.Text)).Select(f => f.Name).ShouldBeEmpty();
    }

    [Test]
    public void An_endpoint_never_uses_another_endpoint()
    {
        var endpoints = Source
            .Files("Features")
            .Where(f => Maps().IsMatch(f.Text))
            .Select(f => Path.GetFileNameWithoutExtension(f.Name))
            .ToHashSet(StringComparer.Ordinal);
        endpoints.Count.ShouldBeGreaterThan(30);
        var compiled = Uses.OfEach.Where(t => Uses.Folder(t.Key) == "Features").ToList();
        compiled.Select(t => t.Key.Name).ToHashSet(StringComparer.Ordinal).IsSupersetOf(endpoints).ShouldBeTrue();
        compiled
            .SelectMany(t =>
                t.Value.Where(used => used.Assembly == Uses.Service && endpoints.Contains(used.Name))
                    .Select(used => $"{t.Key.Name} uses {used.Name}")
            )
            .ShouldBeEmpty();
        // Constants and names in comments too.
        Source
            .Files("Features")
            .SelectMany(f =>
                endpoints
                    .Where(e => Path.GetFileNameWithoutExtension(f.Name) != e && Regex.IsMatch(f.Text, $@"\b{e}\."))
                    .Select(e => $"{f.Name} names {e}")
            )
            .ShouldBeEmpty();
    }

    [Test]
    public void Every_endpoint_is_a_file_of_its_name_and_a_line_of_Routes()
    {
        var routes = Source.Files("").Single(f => f.Name == "Routes.cs").Text;
        var endpoints = Source.Files("Features").Where(f => Maps().IsMatch(f.Text)).ToList();
        endpoints.ShouldNotBeEmpty();
        foreach (var file in endpoints)
        {
            var name = Path.GetFileNameWithoutExtension(file.Name);
            file.Text.ShouldMatch($@"internal static (partial )?class {name}\b");
            routes.ShouldMatch($@"\b{name}\.Map\w*\(routes\);");
        }
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
    public void Each_migration_is_there_for_both_databases()
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
