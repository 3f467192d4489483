using System.Buffers;
using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using VoteTracker.Database;

namespace VoteTracker.Features.Observability;

/// <summary>
/// Writes each event of the log as one line of JSON, with the ids of the request's trace. The framework's formatter writes
/// scopes, which can have paths, and the message of every exception, which can have a value of a request.
/// </summary>
internal sealed class JsonLogFormatter(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    /// <summary>The name for the options of the console.</summary>
    public const string FormatterName = "votetracker-json";

    // An exception with more inner ones than that has a cycle or a loop behind it.
    private const int MostInner = 5;

    private static readonly JsonWriterOptions Options = new()
    {
        // Line breaks and quotes are escaped, other letters are not.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public override void Write<TState>(
        in LogEntry<TState> logEntry,
        IExternalScopeProvider? scopeProvider,
        TextWriter textWriter
    )
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("level", Word(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            json.WriteString("message", logEntry.Formatter(logEntry.State, null));
            if (Activity.Current is { } span)
            {
                json.WriteString("traceId", span.TraceId.ToHexString());
                json.WriteString("spanId", span.SpanId.ToHexString());
            }
            if (logEntry.Exception is { } exception)
            {
                json.WritePropertyName("exception");
                WriteException(json, exception, MostInner);
            }
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private static void WriteException(Utf8JsonWriter json, Exception exception, int mostInner)
    {
        json.WriteStartObject();
        json.WriteString("type", exception.GetType().FullName);
        if (exception is DbException { SqlState: { } state })
        {
            json.WriteString("sqlState", state);
        }
        if (HasNoValue(exception))
        {
            json.WriteString("message", exception.Message);
        }
        json.WriteString("stack", exception.StackTrace);
        if (exception.InnerException is { } inner && mostInner > 0)
        {
            json.WritePropertyName("inner");
            WriteException(json, inner, mostInner - 1);
        }
        json.WriteEndObject();
    }

    // Messages of the machine and of this service. Other messages can have a value that could not be read, and so can data
    // exceptions of PostgreSQL (class 22) and violations of constraints (class 23).
    private static bool HasNoValue(Exception exception) =>
        exception switch
        {
            DbException database => database.SqlState?.StartsWith('2') != true,
            IOException or SocketException or UnauthorizedAccessException or TimeoutException => true,
            WriteUnavailableException or SettingException or ObjectDisposedException => true,
            _ => false,
        };

    private static string Word(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "trace",
            LogLevel.Debug => "debug",
            LogLevel.Information => "information",
            LogLevel.Warning => "warning",
            LogLevel.Error => "error",
            _ => "critical",
        };
}
