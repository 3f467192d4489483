using Dapper;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Resolutions;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Records how far a state is on its way to co-sponsoring.</summary>
internal sealed class RecordCoSponsor(Db db, Facts facts)
    : Endpoint<RecordCoSponsorRequest, Results<Ok<CoSponsor>, Created<CoSponsor>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/co-sponsors/{iso3}");
        Description(route =>
            route
                .Needs(Role.Lobbyist)
                .Described(
                    "Co-sponsors",
                    "Records a co-sponsor",
                    "A member or observer: wanted, approached, committed, signed, or withdrawn. 201 where it was not recorded yet."
                )
                .Conditional()
                .Writes()
                .Produces<CoSponsor>(StatusCodes.Status201Created)
                .Fails(StatusCodes.Status404NotFound, "No resolution has that id, or no member or observer that code.")
        );
    }

    public override async Task<Results<Ok<CoSponsor>, Created<CoSponsor>, ProblemHttpResult>> ExecuteAsync(
        RecordCoSponsorRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var seen = Precondition.Of(HttpContext);
        var caller = Caller.Of(HttpContext);
        return await db.Write<Results<Ok<CoSponsor>, Created<CoSponsor>, ProblemHttpResult>>(async write =>
        {
            if (await Resolution.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!CoSponsor.MayCoSponsor(facts, iso3))
            {
                return Problems.NoMemberState(iso3);
            }
            var standing = await CoSponsor.Find(write.Connection, id, iso3);
            if (!seen.Holds(standing?.Version, nothing: standing is null))
            {
                return seen.VersionConflict(standing, standing?.Version);
            }
            var (version, at) = await Change.Raise(write, caller, ChangeKind.CoSponsor, id, iso3);
            var coSponsor = new CoSponsor
            {
                Resolution = id,
                MemberState = iso3,
                Status = request.Status!.Value,
                Role = request.Role!.Value,
                Since = request.Since,
                WithdrawnOn = request.WithdrawnOn,
                Note = request.Note,
                Version = version,
                ChangedBy = caller.Label,
                ChangedAt = at,
            };
            await CoSponsor.KeepHistory(write, coSponsor, takenAway: false);
            await Upsert(write, coSponsor);
            ETags.Set(HttpContext, ETags.Of(version));
            return standing is null
                ? TypedResults.Created(HttpContext.Request.Path, coSponsor)
                : TypedResults.Ok(coSponsor);
        });
    }

    private static Task Upsert(Write write, CoSponsor coSponsor) =>
        write.Connection.ExecuteAsync(
            """
            INSERT INTO co_sponsor (
                resolution, member_state, status, role, since, withdrawn_on, note, version, changed_at, changed_by
            )
            VALUES (
                @Resolution, @MemberState, @status, @role, @Since, @WithdrawnOn, @Note, @Version, @ChangedAt, @ChangedBy
            )
            ON CONFLICT (resolution, member_state) DO UPDATE SET
                status = excluded.status, role = excluded.role, since = excluded.since,
                withdrawn_on = excluded.withdrawn_on, note = excluded.note, version = excluded.version,
                changed_at = excluded.changed_at, changed_by = excluded.changed_by
            """,
            new
            {
                coSponsor.Resolution,
                coSponsor.MemberState,
                status = Words<CoSponsorStatus>.Of(coSponsor.Status),
                role = Words<CoSponsorRole>.Of(coSponsor.Role),
                coSponsor.Since,
                coSponsor.WithdrawnOn,
                coSponsor.Note,
                coSponsor.Version,
                coSponsor.ChangedAt,
                coSponsor.ChangedBy,
            }
        );
}

/// <summary>How far a state is on its way to co-sponsoring.</summary>
public sealed record RecordCoSponsorRequest
{
    /// <summary>How far it is; only `signed` counts.</summary>
    public CoSponsorStatus? Status { get; init; }

    /// <summary>Whether it was named when the text was handed in, or joined afterwards.</summary>
    public CoSponsorRole? Role { get; init; }

    /// <summary>The day since when it is so.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The day it took its name off; only with status `withdrawn`.</summary>
    public DateOnly? WithdrawnOn { get; init; }

    /// <summary>What else there is to say; 4,000 characters at most. Viewers and up see it.</summary>
    public string? Note { get; init; }
}

internal sealed class RecordCoSponsorValidator : AbstractValidator<RecordCoSponsorRequest>
{
    public RecordCoSponsorValidator()
    {
        RuleFor(r => r.Status).RequiredWord();
        RuleFor(r => r.Role).RequiredWord();
        RuleFor(r => r.WithdrawnOn)
            .Must((r, day) => day is null || r.Status is null or CoSponsorStatus.Withdrawn)
            .WithMessage("must be left out unless the status is withdrawn")
            .Must((r, day) => day is null || r.Since is null || day >= r.Since)
            .WithMessage("must not be before since");
        RuleFor(r => r.Note).Text(4_000);
    }
}
