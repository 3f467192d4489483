using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Tables;

namespace VoteTracker.Features.Lists;

/// <summary>What the imports of lists share: the parameters, and the file with the names of its columns.</summary>
internal static class ListRequest
{
    /// <summary>The media type of an Excel workbook.</summary>
    public const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>The number of changes that no list reaches.</summary>
    private const int NoMaximum = 100_000;

    public static readonly FlagParameter DryRunParameter = new(
        "dryRun",
        "`true`: nothing is changed, and the response shows what the import would change."
    );

    public static readonly NumberParameter MaxParameter = new(
        "max",
        "The largest number of lines that may change something. If there are more, the response is a 409, and nothing is changed.",
        0,
        NoMaximum,
        NoMaximum
    );

    /// <summary>Declares the file and the parameters of an import.</summary>
    public static RouteHandlerBuilder TakesList(this RouteHandlerBuilder route, string rows) =>
        route
            .Takes(DryRunParameter, MaxParameter, ColumnMap.Parameter)
            .TakesFile(
                $"A header and {rows}: CSV in UTF-8, separated by commas, semicolons, tabs or bars, or an Excel workbook (.xlsx), of which the first visible sheet is read. Unknown columns are ignored and listed in `ignoredColumns`.",
                Csv.MediaType,
                WorkbookType
            )
            .WithMetadata(new SmallFile(), new ComparesWithDryRun())
            .FailsWithLines<LineConflict>(
                StatusCodes.Status412PreconditionFailed,
                "Something that the list changes has changed since the dry run that `If-Match` names: see `lines`."
            );

    /// <summary>Reads the file of a request; a <see cref="ProblemException"/> if it is not such a list.</summary>
    public static async ValueTask<CsvRows> Read(
        HttpContext http,
        CsvColumns columns,
        int mostRows,
        bool isPersonal = false
    )
    {
        if (!ContentTypes.Is(http.Request, Csv.MediaType) && !ContentTypes.Is(http.Request, WorkbookType))
        {
            throw new ProblemException(Problems.UnsupportedMediaType($"{Csv.MediaType} or {WorkbookType}"));
        }
        var query = new Query(http);
        var map = ColumnMap.Parse(query.Read(ColumnMap.Parameter), UsualHeaders.For(columns));
        if (query.Problem is { } problem)
        {
            throw new ProblemException(problem);
        }
        using var bytes = await RawBody.Read(http);
        var table = CsvRows.FromFile(
            TableFile.Read(bytes.Memory, mostRows, isPersonal, names => map.Fits(names, columns)),
            columns,
            map
        );
        table.Problems.Keep();
        return table;
    }

    /// <summary>409 if a list changes more lines than the request allows; null if it does not.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult? CheckMax(int changes, int max) =>
        changes > max ? ConflictTypes.TooManyChanges.Create(changes, max) : null;
}
