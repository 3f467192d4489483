using FastEndpoints;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports;

/// <summary>
/// Exports one table: in each format, now or as of a moment, with all columns or some. A derived class is in the file of
/// its row. It declares its address and texts in <c>Configure</c>, and loads its rows.
/// </summary>
internal abstract class TableExport<TRow> : EndpointWithoutRequest
{
    /// <summary>Authorizes the caller and loads the rows; a <see cref="ProblemException"/> if it cannot.</summary>
    protected abstract Task<ExportedTable<TRow>> Load(ExportRequest request);

    public sealed override async Task HandleAsync(CancellationToken ct)
    {
        var request = ExportRequest.Parse(HttpContext);
        var columns = ColumnSelection.Parse(request.Query, typeof(TRow));
        var loaded = await Load(request);
        var table = columns.Apply(loaded.Table);
        if (request.Format == ExportFormat.Xlsx && table.Cells.Count > Workbook.MostColumns)
        {
            throw new ProblemException(
                Problems.Invalid(
                    "format",
                    "must not be xlsx: a sheet has at most 16,384 columns; select fewer columns or resolutions, or use csv"
                )
            );
        }
        if (request.Format == ExportFormat.Xlsx && !table.IsSelection)
        {
            table = table.WithNames(request.Language);
        }
        await Export.Send(HttpContext, request, table, loaded.FileName, loaded.Pages);
    }

    /// <summary>Maps the address, and the same with a format as its ending.</summary>
    protected void Map(string path, Action<RouteHandlerBuilder> describe)
    {
        Get(path, $"{path}.{{format}}");
        Description(route =>
        {
            route.Exports<TRow>();
            describe(route);
        });
    }
}

/// <summary>The rows of a table, read already or page by page.</summary>
/// <param name="FileName">The name of the file, without its ending.</param>
/// <param name="Table">The table that describes the rows.</param>
/// <param name="Pages">The rows.</param>
internal sealed record ExportedTable<TRow>(
    string FileName,
    Table<TRow> Table,
    IAsyncEnumerable<IReadOnlyList<TRow>> Pages
)
{
    public ExportedTable(string fileName, Table<TRow> table, IReadOnlyList<TRow> rows)
        : this(fileName, table, Export.OnePage(rows)) { }
}
