using System.Net.Mime;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports;

/// <summary>Sends a table, row by row: what is held of it in memory does not grow with it.</summary>
internal static class Export
{
    /// <summary>Sends rows that have been read.</summary>
    public static Task Send<TRow>(
        HttpContext http,
        ExportFormat format,
        Table<TRow> table,
        string name,
        IReadOnlyList<TRow> rows
    ) => Send(http, format, table, name, Once(rows));

    /// <summary>Sends pages of rows, each read when the one before is on its way. The name is the file's, without its ending.</summary>
    public static async Task Send<TRow>(
        HttpContext http,
        ExportFormat format,
        Table<TRow> table,
        string name,
        IAsyncEnumerable<IReadOnlyList<TRow>> pages
    )
    {
        await Stream(
            http,
            format.ContentType(),
            $"{name}.{EnumWord<ExportFormat>.ToWord(format)}",
            async outgoing =>
            {
                using var writer = Writer(format, table, outgoing);
                writer.Start();
                // The first bytes go before anything else is read.
                await outgoing.Send();
                await foreach (var page in pages.WithCancellation(http.RequestAborted))
                {
                    foreach (var row in page)
                    {
                        writer.Write(row);
                        await outgoing.SendIfFull();
                    }
                    await Task.Yield();
                }
                writer.Finish();
                await outgoing.Send();
            }
        );
    }

    /// <summary>Sends a file as it is written; of a HEAD, only what is said of it.</summary>
    public static async Task Stream(
        HttpContext http,
        string contentType,
        string fileName,
        Func<ResponseStream, Task> write
    )
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.Vary = "Accept, Authorization";
        http.Response.Headers.ContentDisposition = new ContentDisposition
        {
            DispositionType = DispositionTypeNames.Attachment,
            FileName = fileName,
        }.ToString();
        if (http.IsHead())
        {
            return;
        }
        await using var outgoing = new ResponseStream(http);
        try
        {
            await write(outgoing);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Who asked has gone: there is nobody to say anything to.
        }
    }

    private static IRowWriter<TRow> Writer<TRow>(ExportFormat format, Table<TRow> table, ResponseStream outgoing) =>
        format switch
        {
            ExportFormat.Csv => new CsvRowWriter<TRow>(table, outgoing.Bytes),
            ExportFormat.Xlsx => new XlsxRowWriter<TRow>(table, outgoing),
            _ => new JsonRowWriter<TRow>(outgoing.Bytes, lines: format == ExportFormat.Ndjson),
        };

    /// <summary>Rows that have been read, as one page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> Once<TRow>(IReadOnlyList<TRow> rows)
    {
        await Task.CompletedTask;
        yield return rows;
    }
}
