using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.VoteDays;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.RollCalls;

/// <summary>Records the vote on a resolution, name by name.</summary>
internal sealed class RecordRollCall(Db db, ReferenceData referenceData, Settings settings)
    : Endpoint<RollCallBody, Results<Ok<RollCall>, Created<RollCall>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/roll-call");
        RequestBinder(new RollCallBinder());
        Description(route =>
            route
                .TakesBody()
                .WithMetadata(new AcceptedBody(typeof(RecordRollCallRequest), "application/json", Csv.MediaType))
                .Requires(Right.RecordRollCalls)
                .Described(
                    "Roll calls",
                    "Records the vote",
                    "Every member of that day once, as JSON or as CSV with the columns `iso3` and `vote`, and optionally `intended`. The exported roll-call.csv has these, too; its other columns are ignored, except that a row must not contradict its `iso3`. Unknown CSV columns are ignored and listed in `ignoredColumns`. The roll call makes the vote public and decides the resolution: the status follows from the rule, unless the request names it. Names of states that were not members on that day are saved and reported, and so are announced totals that differ from the names. If-Match names the resolution's version. The source of the roll call is `campaign`, so it is never part of the UN's record."
                )
                .Conditional<RollCall>()
                .Writes()
                .Takes(RollCallBody.RecordedOnParameter, RollCallBody.MissingParameter, RollCallBody.StatusParameter)
                .Produces<RollCall>(StatusCodes.Status201Created)
                .Fails(StatusCodes.Status404NotFound)
                .Fails(
                    StatusCodes.Status409Conflict,
                    "There is no vote to record, because the resolution was adopted without one, or withdrawn. Or a vote day has votes or a proposed result: confirm or discard it first; see `type`."
                )
        );
    }

    public override async Task<Results<Ok<RollCall>, Created<RollCall>, ProblemHttpResult>> ExecuteAsync(
        RollCallBody body,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<Ok<RollCall>, Created<RollCall>, ProblemHttpResult>>(async write =>
        {
            var request = body.Value;
            if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
            {
                return Problems.NoResolution(id);
            }
            if (resolution.Basis == Basis.None)
            {
                return ConflictTypes.NoVote.Create(EnumWord<ResolutionStatus>.ToWord(resolution.Status));
            }
            if (
                settings.VoteDayConfirmation
                && resolution.Basis == Basis.Stances
                && await VoteDayProblems.FindUnconfirmed(write.Connection, id) is { } unconfirmed
            )
            {
                return unconfirmed;
            }
            var names = new RollOfNames(request, referenceData.Roster, body.MissingIsNonVoting);
            if (body.Table is { } table && Contradictions(table) is { Count: > 0 } lines)
            {
                names.Errors["lines"] = lines.Messages;
            }
            var errors = await RollCallRecorder.FindErrors(write, caller, resolution, request, names);
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            var current = await RollCall.Find(write.Connection, referenceData, id);
            if (!seen.Holds(resolution.Version, nothing: current is null))
            {
                return seen.VersionConflict(current?.For(caller), resolution.Version);
            }
            var recorded = (await RollCallRecorder.Save(write, caller, referenceData, resolution, request, names)) with
            {
                IgnoredColumns = body.Table?.IgnoredColumns,
            };
            ETags.Set(HttpContext, ETags.FromVersion(recorded.Version));
            return current is null
                ? TypedResults.Created(HttpContext.Request.Path, recorded)
                : TypedResults.Ok(recorded);
        });
    }

    private static CsvProblems Contradictions(CsvRows table)
    {
        // A write can run twice.
        table.Problems.Clear();
        foreach (var row in table.Rows)
        {
            StateIdentity.Contradicts(row, StateIdentity.OfExports);
        }
        return table.Problems;
    }
}

/// <summary>A recorded vote, name by name.</summary>
public sealed record RecordRollCallRequest
{
    /// <summary>The day of the vote in New York.</summary>
    public DateOnly? RecordedOn { get; init; }

    /// <summary>Every member of that day, once.</summary>
    public IReadOnlyList<RecordedVoteRequest?>? Votes { get; init; }

    /// <summary>The totals that the President announced, to be saved with the names.</summary>
    public AnnouncedTotalsRequest? Announced { get; init; }

    /// <summary>`adopted` or `not-adopted`, if the Assembly's decision differs from the rule.</summary>
    public ResolutionStatus? Status { get; init; }
}

/// <summary>The vote of one member.</summary>
public sealed record RecordedVoteRequest
{
    /// <summary>The member's code, ISO 3166-1 alpha-3 in capitals.</summary>
    public string? MemberState { get; init; }

    /// <summary>Ignored, so that a client can send back the votes of a response.</summary>
    public string? Name { get; init; }

    /// <summary>`yes`, `no`, `abstain` or `non-voting`.</summary>
    public Vote? Vote { get; init; }

    /// <summary>The vote that the member later said it had intended; never counted.</summary>
    public Vote? Intended { get; init; }
}

/// <summary>Totals as the President announced them.</summary>
public sealed record AnnouncedTotalsRequest
{
    /// <summary>Yes.</summary>
    public int? Yes { get; init; }

    /// <summary>No.</summary>
    public int? No { get; init; }

    /// <summary>Abstentions.</summary>
    public int? Abstain { get; init; }
}

internal sealed class RecordRollCallValidator : AbstractValidator<RecordRollCallRequest>
{
    public RecordRollCallValidator()
    {
        RuleFor(r => r.RecordedOn).Required();
        RuleFor(r => r.Votes)
            .Required()
            .Must(votes => votes is not { Count: > 1_000 })
            .WithMessage("must name every member once; 1,000 names at most");
        RuleForEach(r => r.Votes)
            .NotNull()
            .WithMessage("must be an object")
            .ChildRules(vote =>
            {
                vote.RuleFor(v => v!.MemberState).Required();
                vote.RuleFor(v => v!.Vote).RequiredWord();
            })
            .When(r => r.Votes is { Count: <= 1_000 });
        RuleFor(r => r.Announced)
            .Must(a => a is null or { Yes: >= 0 and <= 1_000, No: >= 0 and <= 1_000, Abstain: >= 0 and <= 1_000 })
            .WithMessage("must have yes, no and abstain, each from 0 to 1,000");
        RuleFor(r => r.Status)
            .Must(s => s is null or ResolutionStatus.Adopted or ResolutionStatus.NotAdopted)
            .WithMessage(
                (_, s) => WrongWord.Describe(["adopted", "not-adopted"], EnumWord<ResolutionStatus>.ToWord(s)!)
            );
    }
}
