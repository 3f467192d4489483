using System.Diagnostics;
using VoteTracker.Database;

namespace VoteTracker.Tests.Features.Record;

/// <summary>The shipped record is loaded at the start, and a newer database is not opened.</summary>
[EveryEngine]
public sealed class LoadRecordTests
{
    [Test]
    public async Task The_tally_in_the_readme_is_returned_after_the_first_start()
    {
        using var app = new App();
        var tally = await app.Anonymous.GetJson("/v1/resolutions/es-10-27/tally");
        tally["yes"]!.GetValue<int>().ShouldBe(149);
        tally["no"]!.GetValue<int>().ShouldBe(12);
        tally["abstain"]!.GetValue<int>().ShouldBe(19);
        tally["reached"]!.GetValue<bool>().ShouldBeTrue();
        tally["basis"]!.GetValue<string>().ShouldBe("recorded-votes");
    }

    [Test]
    public void A_second_start_changes_nothing()
    {
        using var places = new FactsFolder();
        places.Start();
        var first = Databases.Dump(places.Folder);
        first.Count.ShouldBeGreaterThan(6_000, "it found the roll calls");
        places.Start();
        Databases.Dump(places.Folder).ShouldBe(first);
    }

    [Test]
    public async Task Facts_older_than_those_in_the_database_are_ignored()
    {
        using var places = new FactsFolder();
        places.Newer();
        places.Start();
        places.Change("facts.csv", "version,3", "version,1");
        places.Change("resolutions.csv", "Demand for ceasefire in Gaza", "An older title");
        using var app = places.App();
        (await app.Anonymous.GetJson("/v1/resolutions/es-10-26"))
            .Text("title")
            .ShouldBe("Demand for ceasefire in Gaza");
        app.Log.ShouldContain(line =>
            line.StartsWith("Warning: The database has newer reference data", StringComparison.Ordinal)
        );
    }

    [Test]
    public async Task A_database_of_a_newer_program_is_not_opened_and_not_changed()
    {
        using var places = new FactsFolder();
        places.Start();
        Databases.Execute(
            places.Folder,
            "INSERT INTO schema_version (version, name, applied_at) VALUES (999, 'later', '2027-01-01T00:00:00.000000Z')"
        );
        var before = Databases.Dump(places.Folder);
        using var program = System.Diagnostics.Process.Start(
            new ProcessStartInfo("dotnet")
            {
                ArgumentList =
                {
                    typeof(Program).Assembly.Location,
                    "--Database",
                    Databases.Setting(places.Folder),
                    "--Urls",
                    "http://127.0.0.1:0",
                },
                WorkingDirectory = places.Folder,
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        var said = program.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Hang.Limit);
        try
        {
            await program.WaitForExitAsync(limit.Token);
        }
        finally
        {
            program.Kill();
        }
        program.ExitCode.ShouldBe(2);
        var known = MigrationList.Load("Sqlite")[^1].Version;
        (await said).ShouldBe(
            $"The database is at version 999, newer than this program, which knows {known}: start a newer VoteTracker.\n"
        );
        Databases.Dump(places.Folder).ShouldBe(before);
    }
}
