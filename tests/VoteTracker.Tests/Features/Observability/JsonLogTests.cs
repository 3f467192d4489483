using System.Data.Common;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoteTracker.Features.Observability;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>Logs as JSON: one object in each line, with the ids of traces, and without data of the campaign.</summary>
public sealed class JsonLogTests
{
    private static readonly string[] TextAtTheStart = ["Database: ", "Pages: ", "API: "];

    [Test]
    public async Task Each_event_is_a_line_with_the_trace_of_its_request()
    {
        using var folder = new Folder();
        Databases.CopyTemplate(folder);
        await using var service = await Service.Start(folder, settings: ["--LogFormat", "json"]);
        using var admin = service.Client();
        const string trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        admin.DefaultRequestHeaders.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        var campaign = await Campaign.Play(admin);
        File.Delete(Databases.FileOf(folder));
        using var rejected = await admin.Put(
            $"/v1/resolutions/{campaign.Draft}/stances/ZAF",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = $"{Campaign.Marker} in a request that fails",
            }
        );
        await rejected.ShouldBeProblem(503);
        (await service.Stop()).ShouldBe(0, service.Output);

        var events = service
            .Output.Split('\n')
            .Select(line => line.Trim())
            .Where(line =>
                line.Length > 0 && !TextAtTheStart.Any(start => line.StartsWith(start, StringComparison.Ordinal))
            )
            .Select(line => JsonNode.Parse(line)!.AsObject())
            .ToList();
        events.Count.ShouldBeGreaterThan(2);
        events.ShouldAllBe(e => e["time"]!.GetValue<DateTimeOffset>().Offset == TimeSpan.Zero);
        events.ShouldAllBe(e => e["category"]!.GetValue<string>().Length > 0);
        var failure = events.Single(e =>
            e["message"]!.GetValue<string>().StartsWith("A transaction failed.", StringComparison.Ordinal)
        );
        failure["level"]!.GetValue<string>().ShouldBe("error");
        failure["traceId"]!.GetValue<string>().ShouldMatch("^[0-9a-f]{32}$");
        failure["traceId"]!.GetValue<string>().ShouldNotBe(trace, "the client does not choose it");
        failure["spanId"]!.GetValue<string>().ShouldMatch("^[0-9a-f]{16}$");
        failure["exception"]!["type"]!.GetValue<string>().ShouldEndWith(".StorageFaultException");
        failure["exception"]!["message"]!.GetValue<string>().ShouldContain("deleted or replaced");
        campaign.Secrets.ShouldAllBe(secret => !service.Output.Contains(secret, StringComparison.Ordinal));
    }

    [Test]
    public void The_message_of_an_exception_is_written_only_if_it_cannot_have_a_value()
    {
        Written(new IOException("No space left on device")).ShouldContain("No space left on device");
        Written(new TestDbException("database is locked", state: null)).ShouldContain("database is locked");
        Written(new TestDbException("connection lost", "08006")).ShouldContain("\"sqlState\":\"08006\"");
        var violation = Written(new TestDbException("Quokka violates", "23505"));
        violation.ShouldContain("\"sqlState\":\"23505\"");
        violation.ShouldNotContain("Quokka");
        Written(new TestDbException("invalid input: Quokka", "22P02")).ShouldNotContain("Quokka");
        var inner = Written(new InvalidOperationException("Quokka", new FormatException("Quokka")));
        inner.ShouldContain("System.InvalidOperationException");
        inner.ShouldContain("System.FormatException");
        inner.ShouldNotContain("Quokka");
    }

    [Test]
    public void A_line_break_or_a_quote_in_a_message_does_not_begin_another_event()
    {
        var line = Written(exception: null, "one\r\ntwo \"three\" ü");
        line.TrimEnd('\n').ShouldNotContain('\n');
        var json = JsonNode.Parse(line)!.AsObject();
        json["message"]!.GetValue<string>().ShouldBe("one\r\ntwo \"three\" ü");
        json.Select(p => p.Key).ShouldBe(["time", "level", "category", "message"]);
        json["time"]!.GetValue<string>().ShouldBe("2026-11-23T14:00:00Z");
        using var span = new Activity("test").Start();
        JsonNode.Parse(Written(null, "x"))!["traceId"]!.GetValue<string>().ShouldBe(span.TraceId.ToHexString());
    }

    private static string Written(Exception? exception, string message = "A message.")
    {
        var clock = Clocks.NewYorkMorning();
        clock.SetUtcNow(new DateTimeOffset(2026, 11, 23, 14, 0, 0, TimeSpan.Zero));
        using var output = new StringWriter { NewLine = "\n" };
        new JsonLogFormatter(clock).Write(
            new LogEntry<string>(LogLevel.Warning, "Category", default, message, exception, (state, _) => state),
            scopeProvider: null,
            output
        );
        return output.ToString();
    }

    private sealed class TestDbException(string message, string? state) : DbException(message)
    {
        public override string? SqlState => state;
    }
}
