using System.Text;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>Traces and metrics for a collector, by OTLP over HTTP.</summary>
[EveryEngine]
public sealed class TracesTests
{
    private const string TraceId = "4bf92f3577b34da6a3ce929d0e0e4736";

    [Test]
    public async Task Traces_have_routes_reads_and_commits_and_nothing_of_the_campaign()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var collector = new Collector();
        await using var service = await Service.Start(
            folder,
            settings: ["--OtlpEndpoint", collector.Address, "--TraceRatio", "1", "--StopSeconds", "60"]
        );
        using var admin = service.Client();
        // The client asks for no record.
        admin.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-00");
        var campaign = await Campaign.Play(admin);
        (await service.Stop()).ShouldBe(0, service.Output);

        var traces = collector.Received("/v1/traces");
        traces.ShouldContain("GET /v1/resolutions/{id}/tally");
        traces.ShouldContain("PUT /v1/resolutions/{id}/stances/{iso3}");
        traces.ShouldContain("GET /shared/{secret}/tally");
        traces.ShouldContain("_OTHER");
        traces.ShouldContain("http.response.status_code");
        traces.ShouldContain("commit");
        traces.ShouldContain("votetracker.commit.writes");
        traces.ShouldContain("VoteTracker.Database");
        if (Databases.ArePostgres)
        {
            traces.ShouldContain("db.query.text");
            traces.ShouldContain("INSERT INTO change");
        }
        foreach (var texts in (string[])[traces, collector.Received("/v1/metrics")])
        {
            texts.ShouldContain("votetracker");
            campaign.Secrets.ShouldAllBe(secret => !texts.Contains(secret, StringComparison.Ordinal));
            texts.ShouldNotContain(Encoding.Latin1.GetString(Convert.FromHexString(TraceId)));
            texts.ShouldNotContain("127.0.0.1:");
        }
        collector.Received("/v1/metrics").ShouldContain("votetracker.writes.failed");
    }

    [AnyEngine]
    [Test]
    public async Task A_client_cannot_turn_the_recording_on()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var collector = new Collector();
        await using var service = await Service.Start(
            folder,
            settings: ["--OtlpEndpoint", collector.Address, "--TraceRatio", "0", "--StopSeconds", "60"]
        );
        using var admin = service.Client();
        admin.DefaultRequestHeaders.Add("traceparent", $"00-{TraceId}-00f067aa0ba902b7-01");
        await Campaign.Play(admin);
        (await service.Stop()).ShouldBe(0, service.Output);
        collector.Received("/v1/metrics").ShouldContain("votetracker.writes");
        collector.Received("/v1/traces").ShouldBeEmpty();
    }

    [AnyEngine]
    [TestCase(true)]
    [TestCase(false)]
    public async Task A_collector_that_does_not_respond_delays_the_end_by_a_few_seconds(bool accepts)
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var collector = new Collector(responds: false);
        var address = accepts ? collector.Address : $"http://127.0.0.1:{Port.Free()}";
        await using var service = await Service.Start(
            folder,
            settings: ["--OtlpEndpoint", address, "--TraceRatio", "1", "--Metrics", "true", "--LogFormat", "json"]
        );
        using var admin = service.Client();
        var campaign = await Campaign.Play(admin);
        using var stalled = await StalledListener.Open(service.Address, "/v1/stream");
        await stalled.Read();
        await Scrape.Read(admin);

        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        (await service.Stop()).ShouldBe(0, service.Output);
        System.Diagnostics.Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
        if (accepts)
        {
            collector.Begun.ShouldBeGreaterThan(0);
        }
        campaign.Secrets.ShouldAllBe(secret => !service.Output.Contains(secret, StringComparison.Ordinal));
    }
}
