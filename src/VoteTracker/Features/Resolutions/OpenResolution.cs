using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Sessions;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Resolutions;

/// <summary>Opens a resolution, empty or with the stances of an earlier roll call.</summary>
internal sealed class OpenResolution(Db db, ReferenceData referenceData)
    : Endpoint<OpenResolutionRequest, Results<Created<Resolution>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions");
        Description(route =>
            route
                .Requires(Right.ManageResolutions)
                .AcceptsIdempotencyKey()
                .Described(
                    "Resolutions",
                    "Opens a resolution",
                    "Opens a resolution that will be put to the vote. `baseline` is the id of a resolution with a roll call. The stances of all current members begin as they voted then, with certainty `leaning` and evidence `past-vote`. Non-voting members stay unknown. All of it is one transaction."
                )
                .Writes()
                .AnswersETag()
                .Fails(StatusCodes.Status409Conflict, "The id is taken, or the resolution would be its own parent.")
        );
    }

    public override async Task<Results<Created<Resolution>, ProblemHttpResult>> ExecuteAsync(
        OpenResolutionRequest request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        if ((request.Id ?? ResolutionId.OfSymbol(request.Symbol!)) is not { } id)
        {
            return Problems.Invalid(
                "id",
                "is required: the symbol gives no id of 1 to 64 characters of a-z, 0-9 and hyphens"
            );
        }
        if (ResolutionId.IsReserved(id))
        {
            return Problems.Invalid("id", $"must be another: '{id}' is reserved");
        }
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<Resolution>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not null)
            {
                return ResolutionProblems.DuplicateId(id);
            }
            if (request.Parent == id)
            {
                return ResolutionProblems.ParentLoop(id);
            }
            var (session, noSession) = await FindSession(write, request, caller);
            var fields = request.WithDefaults<OpenResolutionRequest>(session);
            var errors = session is null
                ? new Dictionary<string, string[]>(StringComparer.Ordinal) { ["session"] = [noSession] }
                : await fields.FindErrors(write.Connection, session);
            var baseline = request.Baseline is null
                ? null
                : await ResolutionStore.Find(write.Connection, request.Baseline);
            if (request.Baseline is not null && baseline is not { Basis: Basis.RecordedVotes })
            {
                errors["baseline"] =
                [
                    $"must be the id of a resolution with a roll call, such as es-10-27; found {SafeText.Quote(request.Baseline)}",
                ];
            }
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            await SessionStore.Insert(write.Connection, session!);
            var version = await DeletedResolution.FindNextVersion(write.Connection, id);
            await ResolutionStore.Insert(write, id, version, caller.Label, fields with { Session = session!.Id });
            await ResolutionVersion.Append(write, caller, ChangeKind.Resolution, id, version, write.Now);
            await ResolutionVersion.SaveFields(write, id);
            if (baseline is not null)
            {
                var members = referenceData.Roster.MembersOn(NewYork.DayOf(write.Now));
                await Baseline.Insert(write, caller, id, version, baseline.Id, members);
            }
            var opened = (await ResolutionStore.Find(write.Connection, id))!;
            ETags.Set(HttpContext, ETags.FromVersion(opened.Version));
            return TypedResults.Created($"/v1/resolutions/{id}", opened);
        });
    }

    // The session of the request, or the one that the symbol names; a problem if there is none.
    private static async Task<(Session? Session, string Problem)> FindSession(
        Write write,
        OpenResolutionRequest request,
        Caller caller
    )
    {
        if ((request.Session ?? SessionName.FromSymbol(request.Symbol!)?.Id) is not { } id)
        {
            return (
                null,
                "is required: the symbol does not name a session, as A/81/L.5 and A/ES-10/L.34 do; they are listed at /v1/sessions?all=true"
            );
        }
        return await SessionStore.Find(write.Connection, id, caller, write.Now) is { } session
            ? (session, "")
            : (null, await SessionStore.DescribeUnknown(write.Connection, id, caller));
    }
}

/// <summary>A resolution to be opened.</summary>
public sealed record OpenResolutionRequest : ResolutionFields
{
    /// <summary>Its key, 1 to 64 of a-z, 0-9 and inner hyphens; derived from the symbol if it is left out.</summary>
    public string? Id { get; init; }

    /// <summary>The session's id, such as `es-10` or `81`; by default the one that the symbol names.</summary>
    public string? Session { get; init; }

    /// <summary>The id of a resolution with a roll call. The stances begin with its votes.</summary>
    public string? Baseline { get; init; }
}

internal sealed class OpenResolutionValidator : AbstractValidator<OpenResolutionRequest>
{
    public OpenResolutionValidator()
    {
        Include(new ResolutionFieldsValidator());
        RuleFor(r => r.Symbol).Required();
        RuleFor(r => r.Id)
            .Must(id => id is null || ResolutionId.Shape().IsMatch(id))
            .WithMessage("must be 1 to 64 of a-z, 0-9 and inner hyphens");
        RuleFor(r => r.Session).Text(64);
        RuleFor(r => r.Baseline).Text(64);
        RuleFor(r => r.Status)
            .Must(status => status is not ResolutionStatus.Adopted and not ResolutionStatus.NotAdopted)
            .WithMessage("must not be adopted or not-adopted before a roll call is recorded, which sets it");
    }
}
