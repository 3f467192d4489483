using System.Net.Mime;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports;

/// <summary>Streams a table row by row: the memory in use does not depend on the number of rows.</summary>
internal static class Export
{
    /// <summary>
    /// Sends pages of rows. Each page is read when the one before has been sent. The file's name comes without its ending.
    /// </summary>
    public static async Task Send<TRow>(
        HttpContext http,
        ExportRequest request,
        Table<TRow> table,
        string name,
        IAsyncEnumerable<IReadOnlyList<TRow>> pages
    )
    {
        var format = request.Format;
        if (format == ExportFormat.Xlsx)
        {
            http.Response.Headers.ContentLanguage = request.Language.Code;
        }
        await Stream(
            http,
            format.ContentType(),
            $"{name}.{EnumWord<ExportFormat>.ToWord(format)}",
            async outgoing =>
            {
                using var writer = CreateWriter(request, table, outgoing);
                writer.Start();
                // The first bytes are sent before anything else is read.
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

    /// <summary>Sends a file while it is written; for a HEAD request, only its headers.</summary>
    public static async Task Stream(
        HttpContext http,
        string contentType,
        string fileName,
        Func<ResponseStream, Task> write
    )
    {
        http.Response.ContentType = contentType;
        http.Response.Headers.Vary = "Accept, Authorization, Cookie";
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
            // The client has disconnected: there is nothing to send.
        }
    }

    /// <summary>Rows that have been read, as one page.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<TRow>> OnePage<TRow>(IReadOnlyList<TRow> rows)
    {
        await Task.CompletedTask;
        yield return rows;
    }

    private static IRowWriter<TRow> CreateWriter<TRow>(
        ExportRequest request,
        Table<TRow> table,
        ResponseStream outgoing
    ) =>
        request.Format switch
        {
            ExportFormat.Csv => new CsvRowWriter<TRow>(table, outgoing.Bytes),
            ExportFormat.Xlsx => new XlsxRowWriter<TRow>(table, outgoing, request.Language),
            _ => new JsonRowWriter<TRow>(table, outgoing.Bytes, lines: request.Format == ExportFormat.Ndjson),
        };
}
