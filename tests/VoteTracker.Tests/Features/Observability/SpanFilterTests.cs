using System.Diagnostics;
using VoteTracker.Database.Telemetry;
using VoteTracker.Features.Observability;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>What is removed from spans before they are exported.</summary>
public sealed class SpanFilterTests
{
    [Test]
    public void A_span_keeps_only_what_is_in_the_list_and_no_text_of_a_failure()
    {
        using var filter = SpanFilter.Listen();
        using var recorder = Record();
        using var source = new ActivitySource(DatabaseTraces.Statements);
        var span = source.StartActivity("statement").ShouldNotBeNull();
        span.SetTag("db.query.text", "SELECT 1");
        span.SetTag("db.query.parameter.name", "Quokka");
        span.SetTag("url.path", "/shared/Quokka/tally");
        span.SetStatus(ActivityStatusCode.Error, "Quokka is invalid");
        span.TraceStateString = "vendor=Quokka";
        span.Stop();
        span.TagObjects.Select(tag => tag.Key).ShouldBe(["db.query.text"]);
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.StatusDescription.ShouldBeNull();
        span.TraceStateString.ShouldBeNull();
        span.Recorded.ShouldBeTrue();
    }

    [Test]
    public void A_statement_that_failed_is_not_exported_because_its_error_can_have_a_value()
    {
        using var filter = SpanFilter.Listen();
        using var recorder = Record();
        using var source = new ActivitySource(DatabaseTraces.Statements);
        var span = source.StartActivity("statement").ShouldNotBeNull();
        span.Recorded.ShouldBeTrue();
        span.AddException(new FormatException("Quokka"));
        span.Stop();
        span.Recorded.ShouldBeFalse();
    }

    private static ActivityListener Record()
    {
        var recorder = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == DatabaseTraces.Statements,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) =>
                ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(recorder);
        return recorder;
    }
}
