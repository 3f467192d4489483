using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Data.Sqlite;
using VoteTracker.Features.Observability;
using VoteTracker.Tests.Features.Tallies;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>`GET /metrics` for Prometheus. Meters are found by name in a whole process, so each service is its own process.</summary>
[EveryEngine]
public sealed partial class PrometheusTests
{
    private static readonly Instrument[] NeedSettings =
    [
        Instrument.BackupAge,
        Instrument.BackupFailing,
        Instrument.CertificateLeft,
    ];

    [Test]
    public async Task The_metrics_show_writes_streams_and_requests_and_nothing_of_the_campaign()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder, settings: ["--Metrics", "true"]);
        using var admin = service.Client();
        var campaign = await Campaign.Play(admin);
        using var listener = await Listener.Open(admin, campaign.Draft);
        await listener.Next();

        var scrape = await Scrape.Until(
            admin,
            s =>
                s.Value("votetracker_database_size_bytes") > 0
                && s.Value("votetracker_ready") is not null
                && s.Value("votetracker_webhooks_pending") is not null
                && s.Value("votetracker_streams") == 1
        );
        ShouldHaveAllInstruments(scrape);
        scrape.Value("votetracker_ready").ShouldBe(1);
        Committed(scrape).ShouldBeGreaterThanOrEqualTo(4);
        scrape.Value("votetracker_commits_total")!.Value.ShouldBeGreaterThanOrEqualTo(4);
        scrape.Value("votetracker_commit_writes_sum")!.Value.ShouldBeGreaterThanOrEqualTo(4);
        scrape.Value("votetracker_commit_duration_seconds_sum")!.Value.ShouldBeGreaterThan(0);
        // From the start, so that an alert sees the first failure.
        foreach (var reason in (string[])["queue-full", "storage", "unknown", "database"])
        {
            scrape.Value("votetracker_writes_failed_total", $"reason=\"{reason}\"").ShouldBe(0, reason);
        }
        scrape.Value("votetracker_write_queue").ShouldBe(0);
        scrape.Value("votetracker_write_queue_limit").ShouldBe(10_000);
        scrape
            .Value("votetracker_disk_free_bytes")!
            .Value.ShouldBeInRange(1, scrape.Value("votetracker_disk_size_bytes")!.Value);
        scrape
            .Value(
                "http_server_request_duration_seconds_count",
                "http_route=\"/v1/resolutions/{id}/tally\"",
                "http_response_status_code=\"200\""
            )
            .ShouldBe(2);
        scrape.Value("http_server_request_duration_seconds_count", "http_route=\"/shared/{secret}/tally\"").ShouldBe(1);
        scrape
            .LabelsOf("http_server_request_duration")
            .ShouldBeSubsetOf([
                "otel_scope_name",
                "http_request_method",
                "http_route",
                "http_response_status_code",
                "le",
            ]);
        campaign.Secrets.ShouldAllBe(secret => !scrape.Text.Contains(secret, StringComparison.Ordinal));

        await admin.RecordStance(campaign.Draft, "ZAF", "no");
        await ShouldBeValid(await Scrape.Until(admin, s => Committed(s) > Committed(scrape)));
    }

    [AnyEngine]
    [Test]
    public async Task Metrics_need_the_right_and_are_sent_in_the_format_that_the_client_accepts()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder, settings: ["--Metrics", "true"]);
        using var anonymous = service.Client(key: null);
        using var refused = await anonymous.GetAsync("/metrics");
        await refused.ShouldBeProblem(401);
        using var admin = service.Client();
        using var created = await admin.Send(
            HttpMethod.Post,
            "/v1/api-keys",
            new { label = "v", role = "coordinator" }
        );
        using var coordinator = service.Client((await created.Json())["key"]!.GetValue<string>());
        using var forbidden = await coordinator.GetAsync("/metrics");
        await forbidden.ShouldBeProblem(403);

        using var text = await admin.GetAsync("/metrics");
        text.StatusCode.ShouldBe(HttpStatusCode.OK);
        text.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        text.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse("application/openmetrics-text;version=1.0.0"));
        using var open = await admin.SendAsync(request);
        open.Content.Headers.ContentType!.MediaType.ShouldBe("application/openmetrics-text");
        (await open.Content.ReadAsStringAsync()).ShouldEndWith("# EOF\n");
        using var unknown = await admin.GetAsync("/metrics?names=all");
        await unknown.ShouldBeProblem(400);
        LoadedAssemblies(service).ShouldContain("OpenTelemetry");
    }

    [AnyEngine]
    [Test]
    public async Task Without_the_setting_there_are_no_metrics_and_OpenTelemetry_is_not_loaded()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder);
        using var admin = service.Client();
        using var answer = await admin.GetAsync("/metrics");
        (await answer.ShouldBeProblem(404))["detail"]!.GetValue<string>().ShouldContain("Metrics=true");
        var loaded = LoadedAssemblies(service);
        loaded.ShouldContain("FastEndpoints.dll");
        loaded.ShouldNotContain("OpenTelemetry");
    }

    private static void ShouldHaveAllInstruments(Scrape scrape)
    {
        Instrument.All.Count.ShouldBeGreaterThan(15);
        foreach (var instrument in Instrument.All)
        {
            if (NeedSettings.Contains(instrument) || (instrument == Instrument.LogBytes && Databases.ArePostgres))
            {
                scrape.Text.ShouldNotContain(instrument.PrometheusName);
                continue;
            }
            var kind = instrument.Kind switch
            {
                InstrumentKind.Counter => "counter",
                InstrumentKind.Gauge => "gauge",
                _ => "histogram",
            };
            scrape.Text.ShouldContain($"# TYPE {instrument.PrometheusName} {kind}\n");
            scrape.Names.ShouldContain(
                instrument.PrometheusName + (instrument.Kind == InstrumentKind.Histogram ? "_count" : "")
            );
        }
        scrape
            .Names.Where(name => name.StartsWith("votetracker_", StringComparison.Ordinal))
            .Select(name => HistogramEnding().Replace(name, ""))
            .Except(Instrument.All.Select(instrument => instrument.PrometheusName))
            .ShouldBeEmpty("each metric is an instrument of the list");
    }

    // The names and the texts, as Prometheus recommends them.
    private static async Task ShouldBeValid(Scrape scrape)
    {
        var own = scrape
            .Text.Split('\n')
            .Where(line => line.Contains("votetracker_", StringComparison.Ordinal))
            .ToList();
        own.Count.ShouldBeGreaterThan(40);
        var (exitCode, output) = await Promtool.Run(string.Join('\n', own) + "\n", "check", "metrics");
        exitCode.ShouldBe(0, output);
    }

    private static double Committed(Scrape scrape) =>
        scrape.Value("votetracker_writes_total", "result=\"committed\"")!.Value;

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

    // The runtime maps the file of each assembly that it loads.
    private static string LoadedAssemblies(Service service) => File.ReadAllText($"/proc/{service.Id}/maps");

    [GeneratedRegex("_(bucket|sum|count)$", RegexOptions.ExplicitCapture)]
    private static partial Regex HistogramEnding();
}
