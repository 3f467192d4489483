using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>Writes that are rejected with a 503 are metrics, from the first one.</summary>
[OnlySqlite]
public sealed class FailedWritesTests
{
    [Test]
    public async Task Writes_that_fail_are_counted_by_their_reason()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(
            folder,
            settings: ["--Metrics", "true", "--WriteQueue", "1", "--LogFormat", "json"]
        );
        using var admin = service.Client();
        var draft = await admin.OpenDraft();
        await FillQueue(folder, admin, draft);
        (await Scrape.Until(admin, s => Failed(s, "queue-full") > 0))
            .Value("votetracker_write_queue_limit")
            .ShouldBe(1);

        File.Delete(Databases.FileOf(folder));
        using (var rejected = await Record(admin, draft, "ZAF"))
        {
            await rejected.ShouldBeProblem(503);
        }
        var scrape = await Scrape.Until(admin, s => Failed(s, "storage") > 0);
        scrape.Value("votetracker_ready").ShouldBe(0);
        Failed(scrape, "database").ShouldBe(0);
    }

    private static double? Failed(Scrape scrape, string reason) =>
        scrape.Value("votetracker_writes_failed_total", $"reason=\"{reason}\"");

    // Another connection has the write lock, so the writes wait for the disk.
    private static async Task FillQueue(Folder folder, HttpClient admin, string draft)
    {
        await using var disk = new SqliteConnection($"Data Source={Databases.FileOf(folder)};Pooling=False");
        await disk.OpenAsync();
        await disk.ExecuteAsync("BEGIN IMMEDIATE");
        string[] members = ["NOR", "SWE", "FIN", "DNK"];
        var answers = members.Select(iso3 => Record(admin, draft, iso3)).ToList();
        var first = await await Task.WhenAny(answers).WaitAsync(Hang.Limit);
        await first.ShouldBeProblem(503);
        await disk.ExecuteAsync("ROLLBACK");
        foreach (var answer in await Task.WhenAll(answers))
        {
            answer.Dispose();
        }
    }

    private static Task<HttpResponseMessage> Record(HttpClient client, string draft, string iso3) =>
        client.Put(
            $"/v1/resolutions/{draft}/stances/{iso3}",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
            }
        );
}
