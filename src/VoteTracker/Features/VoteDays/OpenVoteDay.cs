using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.RollCalls;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.VoteDays;

/// <summary>Opens the vote day of a resolution, or changes its day, its order and the announced totals.</summary>
internal sealed class OpenVoteDay(
    Db db,
    VoteDayLoader loader,
    TallyCache tallies,
    ForecastCache forecasts,
    ReferenceData referenceData
) : Endpoint<OpenVoteDayRequest, Results<Ok<VoteDay>, Created<VoteDay>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Put("/v1/resolutions/{id}/vote-day");
        Description(route =>
            route
                .Requires(Right.EnterVotes)
                .Described(
                    "Vote day",
                    "Opens the vote day",
                    "201 if none was open. The members of the day are called in the order of their English names, and the order begins with the member that the President draws by lot (rule 87). The forecast of the moment of opening stays next to the votes. A later PUT changes the order and the announced totals; what it leaves out stays, and `announced` that is null is removed. The day cannot change while votes are entered."
                )
                .Conditional<VoteDay>()
                .Writes()
                .Produces<VoteDay>(StatusCodes.Status201Created)
                .Fails(StatusCodes.Status404NotFound)
                .Fails(StatusCodes.Status409Conflict, VoteDayProblems.ConflictDescription)
        );
    }

    public override async Task<Results<Ok<VoteDay>, Created<VoteDay>, ProblemHttpResult>> ExecuteAsync(
        OpenVoteDayRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var expected = await LoadExpected(id, caller);
        return await db.Write<Results<Ok<VoteDay>, Created<VoteDay>, ProblemHttpResult>>(async write =>
        {
            if (await ResolutionStore.Find(write.Connection, id) is not { } resolution)
            {
                return Problems.NoResolution(id);
            }
            if (VoteDayProblems.FindRecorded(resolution) is { } recorded)
            {
                return recorded;
            }
            var row = await VoteDayStore.Find(write.Connection, id);
            var current = row is { State: not null } ? await loader.Load(write.Connection, resolution, row) : null;
            if (current is { Status: not VoteDayStatus.Entering })
            {
                return VoteDayProblems.Closed(current.Status);
            }
            var day = request.On ?? current?.On ?? NewYork.DayOf(write.Now);
            var members = referenceData.Roster.MembersOn(day);
            var first = FindFirst(request.StartsWith ?? current?.StartsWith, members);
            var errors = await FindErrors(write, caller, resolution, request, current, day, first);
            if (errors.Count > 0)
            {
                return Problems.Invalid(errors);
            }
            if (!seen.Holds(current?.Version, nothing: current is null))
            {
                return seen.VersionConflict(current, current?.Version);
            }
            var announced = request.NamesAnnounced ? request.Announced?.Totals : current?.Announced;
            var saved = (row ?? new VoteDayRow { Resolution = id }).Next(write, caller) with
            {
                Version = row?.Version + 1 ?? await Incarnation.FindFirstVersion(write.Connection),
                Status = EnumWord<VoteDayStatus>.ToWord(VoteDayStatus.Entering),
                HeldOn = day,
                StartsWith = first!,
                AnnouncedYes = announced?.Yes,
                AnnouncedNo = announced?.No,
                AnnouncedAbstain = announced?.Abstain,
                AnnouncedNonVoting = announced?.NonVoting,
                Expected = current is { Votes.Count: > 0 } ? row!.Expected : expected,
                OpenedAt = current?.OpenedAt ?? write.Now,
                OpenedBy = current?.OpenedBy ?? caller.Label,
            };
            await VoteDayStore.Save(write, caller, saved);
            var opened = await loader.Load(write.Connection, resolution, saved);
            ETags.Set(HttpContext, ETags.FromVersion(saved.Version));
            return current is null ? TypedResults.Created(HttpContext.Request.Path, opened) : TypedResults.Ok(opened);
        });
    }

    // Before the write, because a forecast reads the database. The stances of that moment are as good as those of the write.
    private async Task<string?> LoadExpected(string id, Caller caller) =>
        await tallies.FindVisible(id, caller) is { Basis: Basis.Stances } snapshot
            ? ExpectedBoard.ToJson(await forecasts.Get(snapshot))
            : null;

    // Without a lot, the order begins with the first name.
    private static string? FindFirst(string? lot, IReadOnlyList<string> members) =>
        lot is not null ? AssemblyOrder.FindFirst(members, lot)
        : AssemblyOrder.List(members) is [var first, ..] ? first
        : null;

    private static async Task<Dictionary<string, string[]>> FindErrors(
        Write write,
        Caller caller,
        Resolution resolution,
        OpenVoteDayRequest request,
        VoteDay? current,
        DateOnly day,
        string? first
    )
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (await RollCallRecorder.DescribeWrongDay(write, caller, resolution, day) is { } wrongDay)
        {
            errors["on"] = [wrongDay];
        }
        else if (current is { Votes.Count: > 0 } && current.On != day)
        {
            errors["on"] = [$"must stay {current.On:O} while votes are entered; remove them, or discard the vote day"];
        }
        else if (first is null)
        {
            errors["startsWith"] =
            [
                $"must be the code of a member of that day, or a letter with which the English name of one begins; found {SafeText.Quote(request.StartsWith ?? "")}",
            ];
        }
        return errors;
    }
}

/// <summary>A vote day to open.</summary>
public sealed record OpenVoteDayRequest
{
    /// <summary>
    /// The member that the President drew by lot: its code such as `KEN`, or a letter, which means the first member whose
    /// English name begins with it. If it is left out, the current one stays; a new vote day begins with the first name.
    /// </summary>
    public string? StartsWith { get; init; }

    /// <summary>The day of the vote in New York; if it is left out, the current one stays; a new vote day is on the current day.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The totals that the President announced; null removes them. If it is left out, the current ones stay.</summary>
    public BoardTotalsRequest? Announced
    {
        get;
        init
        {
            field = value;
            NamesAnnounced = true;
        }
    }

    /// <summary>Whether the body has `announced`, also as null.</summary>
    internal bool NamesAnnounced { get; private init; }
}

/// <summary>Totals as the President announced them.</summary>
public sealed record BoardTotalsRequest
{
    /// <summary>Yes.</summary>
    public int? Yes { get; init; }

    /// <summary>No.</summary>
    public int? No { get; init; }

    /// <summary>Abstentions.</summary>
    public int? Abstain { get; init; }

    /// <summary>Non-voting; it is often not announced.</summary>
    public int? NonVoting { get; init; }

    /// <summary>The same as totals, after they were checked.</summary>
    internal VoteTotals Totals =>
        new()
        {
            Yes = Yes!.Value,
            No = No!.Value,
            Abstain = Abstain,
            NonVoting = NonVoting,
        };
}

internal sealed class OpenVoteDayValidator : AbstractValidator<OpenVoteDayRequest>
{
    // No Assembly had more members. A sum above it is a typing error.
    private const int MostMembers = 193;

    public OpenVoteDayValidator()
    {
        RuleFor(r => r.StartsWith).Text(64);
        RuleFor(r => r.Announced)
            .Must(a => a is null or { Yes: >= 0, No: >= 0, Abstain: >= 0, NonVoting: null or >= 0 })
            .WithMessage("must have yes, no and abstain, each 0 or more")
            .Must(a => a is null || (long?)a.Yes + a.No + a.Abstain + (a.NonVoting ?? 0) is null or <= MostMembers)
            .WithMessage($"must add up to at most {MostMembers}, the number of members");
    }
}
