using System.Net.Http.Json;

namespace VoteTracker.Tests.Process;

/// <summary>`VoteTracker backup FILE` while the service writes.</summary>
[OnlySqlite]
public sealed class BackupTests
{
    [Test]
    public async Task A_backup_of_a_database_in_use_is_complete_and_can_be_served()
    {
        using var folder = new Folder();
        using var elsewhere = new Folder();
        await using (var service = await Service.Start(folder))
        {
            using var client = service.Client();
            (await client.PostAsJsonAsync("/v1/resolutions", Draft)).EnsureSuccessStatusCode();
            using var stop = new CancellationTokenSource();
            var writing = Task.Run(() => Write(service, stop.Token));
            var (exitCode, output) = await Service.Run(folder, ["backup", Path.Combine(elsewhere, "votetracker.db")]);
            await stop.CancelAsync();
            exitCode.ShouldBe(0, output);
            output.ShouldContain("checked and complete");
            (await writing).ShouldBeGreaterThan(0);
        }
        await using var copy = await Service.Start(elsewhere);
        using var reader = copy.Client();
        var history = (await reader.GetJson("/v1/resolutions/es-10-l-1/stances/ZAF/history?limit=1000"))[
            "items"
        ]!.AsArray();
        // The copy is between two commits: its version is that of its last change.
        var last = history.Select(change => change!["changedAt"]!.GetValue<string>()).Max(StringComparer.Ordinal);
        var tally = await reader.GetJson($"/v1/resolutions/es-10-l-1/tally?asOf={last}");
        tally["version"]!.GetValue<long>().ShouldBe(1 + history.Count);
    }

    [Test]
    public async Task A_backup_never_overwrites_a_file()
    {
        using var folder = new Folder();
        await using (var service = await Service.Start(folder))
        {
            await service.Stop();
        }
        var file = Path.Combine(folder, "kept.db");
        await File.WriteAllTextAsync(file, "kept");
        var (exitCode, output) = await Service.Run(folder, ["backup", file]);
        exitCode.ShouldBe(2);
        output.ShouldContain("never overwrites");
        (await File.ReadAllTextAsync(file)).ShouldBe("kept");
    }

    [Test]
    public async Task A_backup_that_fails_reports_the_reason()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        // The name of the unfinished copy is a folder that is not empty.
        Directory.CreateDirectory(Path.Combine(folder, "copy.db.unfinished", "kept"));
        var (exitCode, output) = await Service.Run(folder, ["backup", "copy.db"]);
        exitCode.ShouldBe(2, output);
        output.ShouldContain("No copy was made: ");
        output.ShouldNotContain("   at ", Case.Sensitive, "no stack trace");
        File.Exists(Path.Combine(folder, "copy.db")).ShouldBeFalse();
    }

    [Test]
    public async Task An_empty_database_is_not_backed_up()
    {
        using var folder = new Folder();
        var file = Path.Combine(folder, "copy.db");
        var (exitCode, output) = await Service.Run(folder, ["backup", file, "--Database", "Data Source=not-there.db"]);
        exitCode.ShouldBe(2);
        output.ShouldContain("nothing in the database");
        File.Exists(file).ShouldBeFalse();
    }

    private static readonly object Draft = new
    {
        symbol = "A/ES-10/L.1",
        title = "A draft",
        session = "es-10",
        kind = "draft",
    };

    private static async Task<int> Write(Service service, CancellationToken stop)
    {
        using var client = service.Client();
        var written = 0;
        for (; !stop.IsCancellationRequested && written < 900; written++)
        {
            await client.RecordStance("es-10-l-1", "ZAF", written % 2 == 0 ? "yes" : "no");
        }
        return written;
    }
}
