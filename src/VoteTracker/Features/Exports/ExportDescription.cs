using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports;

/// <summary>What all exports declare to the contract.</summary>
internal static class ExportDescription
{
    /// <summary>The moment of an export.</summary>
    public static readonly PastMomentParameter AsOfParameter = new(
        "asOf",
        "The export as of this moment, from what was known then; UTC, with its time. Up to 60 seconds in the future means now. Past stances and co-sponsors need a key.",
        "2026-11-21T22:10:00Z"
    );

    /// <summary>The language of a spreadsheet.</summary>
    public static readonly WordParameter<LanguageCode> LanguageParameter = new(
        "lang",
        "The language of the names of states in a spreadsheet (xlsx); English by default. Column names and words are always English."
    );

    /// <summary>Declares that an endpoint returns a table of these rows: its formats and its parameters.</summary>
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
                new PathParameter("format", "The format of the file.", "csv") { Words = EnumWord<ExportFormat>.All }
            )
            .TakesAsOf()
            .Takes(LanguageParameter, ColumnSelection.ParameterOf(typeof(TRow)))
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    /// <summary>Declares the moment of an export.</summary>
    public static RouteHandlerBuilder TakesAsOf(this RouteHandlerBuilder route) => route.Takes(AsOfParameter);
}
