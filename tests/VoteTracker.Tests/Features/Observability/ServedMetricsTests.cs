using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using VoteTracker.Tests.Endpoints.Server;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>The metrics of a service with every setting that adds some.</summary>
[OnlySqlite]
[UnsupportedOSPlatform("windows")]
public sealed partial class ServedMetricsTests
{
    [Test]
    public async Task The_dashboard_and_the_alerts_use_only_metrics_that_are_served()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        // The schedule writes a backup after a minute. An earlier one is known at once.
        var backups = Directory.CreateDirectory($"{folder}/backups").FullName;
        await File.WriteAllTextAsync(Path.Combine(backups, "votetracker-000001-20261120T000000Z.db"), "");
        var tls = IssuedCertificates.Write(folder, "metrics.example", days: 90);
        await using var service = await Service.Start(
            folder,
            settings:
            [
                "--Metrics",
                "true",
                "--BackupFolder",
                backups,
                "--Certificate",
                tls["Certificate"],
                "--CertificateKey",
                tls["CertificateKey"],
                "--Urls",
                "http://127.0.0.1:0;https://127.0.0.1:0",
            ]
        );
        using var admin = service.Client();
        await admin.OpenDraft();
        var scrape = await Scrape.Until(
            admin,
            s =>
                s.Value("votetracker_database_size_bytes") > 0
                && s.Value("votetracker_ready") is not null
                && s.Value("votetracker_webhooks_pending") is not null
                && s.Value("votetracker_backup_age_seconds") is not null
                && s.Names.Contains("http_server_request_duration_seconds_count")
        );
        scrape.Value("votetracker_backup_failing").ShouldBe(0);
        scrape.Value("votetracker_certificate_left_seconds").ShouldNotBeNull();
        var monitoring = Path.Combine("src", "operations", "monitoring");
        foreach (var file in (string[])["dashboard.json", "alerts.yml"])
        {
            var used = MetricName()
                .Matches(Repository.Read(Path.Combine(monitoring, file)))
                .Select(match => match.Value)
                .Distinct(StringComparer.Ordinal)
                .ToList();
            used.Count.ShouldBeGreaterThan(10, file);
            used.Except(scrape.Names).ShouldBeEmpty(file);
        }
    }

    [GeneratedRegex(@"\b(votetracker|kestrel|dotnet)_[a-z_]+\b|\bhttp_server_[a-z_]+\b", RegexOptions.ExplicitCapture)]
    private static partial Regex MetricName();
}
