using System.Globalization;
using System.Text.Json.Serialization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Stances;

/// <summary>Shows every change of a stance.</summary>
internal sealed class GetStanceHistory(Db db, ReferenceData referenceData)
    : EndpointWithoutRequest<Results<Ok<Page<StanceChange>>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/stances/{iso3}/history");
        Description(route =>
            route
                .Requires(Right.SeeStances, hidesExistence: true)
                .Described(
                    "Stances",
                    "Shows every change of a stance",
                    "Each change with its author, its moment, the position before and after, and the reason; the oldest first."
                )
                .Pages()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<Page<StanceChange>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, $"history of {iso3} in {id}");
        var rows = await db.Read(async connection =>
        {
            await RouteResolution.LoadWithRole(connection, id, HttpContext);
            return query.Problem is not null || !StanceRules.HasStance(referenceData, iso3)
                ? null
                : await StanceHistory.List(connection, id, iso3, paging.AfterNumber, paging.Rows);
        });
        if (query.Problem is { } problem)
        {
            return problem;
        }
        return rows is null
            ? StanceProblems.NoStance(referenceData, iso3)
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    rows,
                    row => StanceChange.Create(row.Before, row.After, caller),
                    row => row.After.Stance.Version.ToString(CultureInfo.InvariantCulture)
                )
            );
    }
}

/// <summary>One change of a stance.</summary>
public sealed record StanceChange
{
    /// <summary>The resolution's version that the change made. The stance has it until its next change.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that made the change.</summary>
    public required string ChangedBy { get; init; }

    /// <summary>The moment of the change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The position before.</summary>
    public required Position From { get; init; }

    /// <summary>The position after; `unknown` if the stance was deleted.</summary>
    public required Position To { get; init; }

    /// <summary>The certainty before.</summary>
    public required Certainty? FromCertainty { get; init; }

    /// <summary>The certainty after.</summary>
    public required Certainty? ToCertainty { get; init; }

    /// <summary>The evidence after.</summary>
    public required Evidence? Evidence { get; init; }

    /// <summary>The link to the evidence after.</summary>
    public required string? EvidenceUrl { get; init; }

    /// <summary>The note after.</summary>
    public required string? Note { get; init; }

    /// <summary>The id of the contact who stated the position. Lobbyists and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Contact { get; init; }

    /// <summary>The reason, as the author of the change gave it.</summary>
    public required string? Reason { get; init; }

    /// <summary>The id of the import that made the change. Missing if no import made it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Import { get; init; }

    /// <summary>The version whose content a revert restored; 0 for unknown. Missing if the change was no revert.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Restored { get; init; }

    internal static StanceChange Create(StanceContent before, StanceRevision after, Caller caller) =>
        new()
        {
            Version = after.Stance.Version,
            ChangedBy = after.Stance.ChangedBy!,
            ChangedAt = after.Stance.ChangedAt!.Value,
            From = before.Position,
            To = after.Stance.Position,
            FromCertainty = before.Certainty,
            ToCertainty = after.Stance.Certainty,
            Evidence = after.Stance.Evidence,
            EvidenceUrl = after.Stance.EvidenceUrl,
            Note = after.Stance.Note,
            Contact = caller.May(Right.SeeContacts) ? after.Stance.Contact : null,
            Reason = after.Reason,
            Import = after.Import,
            Restored = after.Restored,
        };
}
