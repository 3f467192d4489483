using VoteTracker.Database;
using VoteTracker.Features.Filters;
using VoteTracker.Features.RollCalls;
using VoteTracker.Http;

namespace VoteTracker.Features.Exports;

/// <summary>Which part of the record is asked for: a session, the days of the votes.</summary>
internal sealed record RecordFilter(string? Session, DateOnly? From, DateOnly? To)
{
    /// <summary>
    /// Without what really came in after this moment, be it known from an earlier one; null with it. What is imported is
    /// known from the day after the vote: a package that is to be the same for ever must not change with an import.
    /// </summary>
    public DateTimeOffset? LoadedUntil { get; init; }

    /// <summary>Reads the parameters; a <see cref="Refusal"/> with 400 that names every wrong one.</summary>
    public static async Task<RecordFilter> Of(ExportRequest request, Db db)
    {
        var query = request.Query;
        var filter = new RecordFilter(
            query.Read(PartOfRecord.SessionParameter),
            query.Read(PartOfRecord.FromParameter),
            query.Read(PartOfRecord.ToParameter)
        );
        if (filter.To < filter.From)
        {
            query.Wrong(PartOfRecord.ToParameter, "must not be before from");
        }
        if (filter.Session is { } id)
        {
            await db.Read(async connection =>
            {
                await query.CheckSession(PartOfRecord.SessionParameter, id, connection);
                return id;
            });
        }
        request.Check();
        return filter;
    }
}

/// <summary>Says of an export of the record what part of it can be asked for.</summary>
internal static class RecordFilterParameters
{
    public static RouteHandlerBuilder Filters(this RouteHandlerBuilder route) =>
        route.Takes(PartOfRecord.SessionParameter, PartOfRecord.FromParameter, PartOfRecord.ToParameter);
}
