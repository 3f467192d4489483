using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Shows every change of a co-sponsor.</summary>
internal sealed class GetCoSponsorHistory(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Page<CoSponsorChange>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/co-sponsors/{iso3}/history");
        Description(route =>
            route
                .Requires(Right.SeeCoSponsors, hidesExistence: true)
                .Described(
                    "Co-sponsors",
                    "Shows every change of a co-sponsor",
                    "Each change with its author, its moment, and the status and the text before and after; the oldest first. A deletion is a change to no status. The list is empty if nothing was ever recorded."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<CoSponsorChange>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"co-sponsor history of {iso3} in {id}");
        var rows = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return query.Problem is not null || !CoSponsor.MayCoSponsor(referenceData, iso3)
                ? null
                : await CoSponsorHistory.List(connection, id, iso3, paging.AfterNumber, paging.Rows);
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return rows is null
            ? Problems.NoState(iso3)
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    rows,
                    row => CoSponsorChange.Create(row.Before, row.After),
                    row => row.After.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}

/// <summary>One change of a co-sponsor.</summary>
public sealed record CoSponsorChange
{
    /// <summary>The resolution's version that the change made. The co-sponsor has it until its next change.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that made the change.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The status before; null if nothing was recorded.</summary>
    public required CoSponsorStatus? From { get; init; }

    /// <summary>The status after; null if the co-sponsor was deleted.</summary>
    public required CoSponsorStatus? To { get; init; }

    /// <summary>The list of sponsors after; null if the co-sponsor was deleted.</summary>
    public required CoSponsorRole? Role { get; init; }

    /// <summary>The first day of the status after.</summary>
    public required DateOnly? Since { get; init; }

    /// <summary>The day of its withdrawal after.</summary>
    public required DateOnly? WithdrawnOn { get; init; }

    /// <summary>The text before: `Rev.1`, `Rev.2`; null for the original, and if nothing was recorded.</summary>
    public required string? FromTextVersion { get; init; }

    /// <summary>The text after; null for the original, and if the co-sponsor was deleted.</summary>
    public required string? TextVersion { get; init; }

    /// <summary>The note after.</summary>
    public required string? Note { get; init; }

    internal static CoSponsorChange Create(CoSponsorRow? before, CoSponsorRow after)
    {
        var (was, became) = (ContentOf(before), ContentOf(after));
        return new CoSponsorChange
        {
            Version = after.Version,
            ChangedBy = after.ChangedBy,
            ChangedAt = after.ChangedAt,
            From = was?.Status,
            To = became?.Status,
            Role = became?.Role,
            Since = became?.Since,
            WithdrawnOn = became?.WithdrawnOn,
            FromTextVersion = was?.TextVersion,
            TextVersion = became?.TextVersion,
            Note = became?.Note,
        };
    }

    private static CoSponsor? ContentOf(CoSponsorRow? row) => row is { Status: not null } ? row.CoSponsor : null;
}
