using System.Data.Common;
using System.Diagnostics;
using VoteTracker.Database.Postgres;

namespace VoteTracker.Database.Telemetry;

/// <summary>The spans of reads and commits. Without a listener, no span is created.</summary>
internal static class DatabaseTraces
{
    /// <summary>The name of the source of the spans.</summary>
    public const string Source = "VoteTracker.Database";

    /// <summary>The name of the source of the spans of statements; only PostgreSQL has them.</summary>
    public const string Statements = PostgresTraces.Source;

    /// <summary>The attribute with the number of writes of a commit.</summary>
    public const string Writes = "votetracker.commit.writes";

    private static readonly ActivitySource Spans = new(Source);

    /// <summary>Whether something records spans.</summary>
    public static bool AreRecorded => Spans.HasListeners();

    /// <summary>Begins the span of a commit; null if it is not recorded.</summary>
    public static Activity? StartCommit() => Spans.StartActivity("commit");

    /// <summary>Runs a read in a span.</summary>
    public static async Task<T> Read<T>(IEngine engine, Func<DbConnection, Task<T>> work)
    {
        using var span = Spans.StartActivity("read");
        try
        {
            return await engine.Read(work);
        }
        catch (DbException)
        {
            span?.SetStatus(ActivityStatusCode.Error);
            throw;
        }
    }
}
