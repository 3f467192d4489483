using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports;

/// <summary>What every export says of itself where it is mapped.</summary>
internal static class ExportEndpoint
{
    /// <summary>The moment of which an export shows what was known.</summary>
    public static readonly PastMomentParameter AsOfParameter = new(
        "asOf",
        "What was known at this moment; UTC, with its time. Up to 60 seconds in the future means now. Stances and co-sponsors of the past need a key.",
        "2026-11-21T22:10:00Z"
    );

    /// <summary>It answers a table of these rows, in each of the formats, now or as of a moment.</summary>
    public static RouteHandlerBuilder Exports<TRow>(this RouteHandlerBuilder route) =>
        route
            .Produces<IReadOnlyList<TRow>>(
                StatusCodes.Status200OK,
                Csv.MediaType,
                "application/json",
                ExportFormats.Ndjson,
                ExportFormats.Xlsx
            )
            .WithMetadata(
                new PathParameter("format", "How the table is written.", "csv") { Words = EnumWord<ExportFormat>.All }
            )
            .KnownAt()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    /// <summary>It answers what was known at a moment.</summary>
    public static RouteHandlerBuilder KnownAt(this RouteHandlerBuilder route) => route.Takes(AsOfParameter);
}
