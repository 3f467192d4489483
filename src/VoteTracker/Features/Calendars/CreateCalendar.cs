using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sharing;
using VoteTracker.Security;

namespace VoteTracker.Features.Calendars;

/// <summary>Creates a link to a calendar.</summary>
internal sealed class CreateCalendar(Db db, Settings settings)
    : Endpoint<CreateCalendarRequest, Results<Created<NewCalendarLink>, ProblemHttpResult>>
{
    /// <summary>How many personal links of a label, or links of a resolution, are valid at the same time.</summary>
    public const int MostValid = 20;

    public override void Configure()
    {
        Post("/v1/calendars");
        Description(route =>
            route
                .Requires(Right.UseCalendars)
                .AcceptsIdempotencyKey()
                .Described(
                    "Timetable",
                    "Creates a link to a calendar",
                    "Calendar programs read the address without a key. `personal`: the caller's tasks with a due day, the milestones of all resolutions, and the votes. `resolution`: what is public of a public resolution; coordinators and up. The address has 160 random bits and is returned once. Only its hash is stored. At most 20 links of a label or of a resolution are valid at the same time."
                )
                .Writes()
                .Fails(StatusCodes.Status409Conflict, "20 links of the label or of the resolution are valid.")
        );
    }

    public override async Task<Results<Created<NewCalendarLink>, ProblemHttpResult>> ExecuteAsync(
        CreateCalendarRequest request,
        CancellationToken ct
    )
    {
        var caller = Caller.FromContext(HttpContext);
        if (request.Kind == CalendarKind.Resolution && !caller.May(Right.ShareResolutions))
        {
            return KeyProblems.RoleTooLow(HttpContext, caller, Right.ShareResolutions);
        }
        var secret = ShareSecret.New();
        var url =
            $"{PublicAddress.Of(HttpContext.Request, settings)}{CalendarPaths.Root}/{secret}{CalendarPaths.Ending}";
        HttpContext.Response.Headers.CacheControl = "no-store";
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<NewCalendarLink>, ProblemHttpResult>>(async write =>
        {
            if (
                request.Resolution is { } id
                && (await ResolutionAccess.Find(write.Connection, id, Caller.Anonymous)).Resolution is null
            )
            {
                return Problems.Invalid(
                    "resolution",
                    $"must be the id of a public resolution: set its visibility first; found {SafeText.Quote(id)}"
                );
            }
            if (await CalendarStore.CountValid(write.Connection, request.Resolution, caller.Label) >= MostValid)
            {
                return PreparationConflictTypes.TooManyCalendars.Create(MostValid);
            }
            var link = new NewCalendarLink
            {
                Id = ApiKey.NewId(),
                Url = url,
                Kind = request.Kind!.Value,
                Resolution = request.Resolution,
                CreatedAt = write.Now,
                CreatedBy = caller.Label,
            };
            await CalendarStore.Insert(write, link, secret);
            return TypedResults.Created(CalendarPaths.Root, link);
        });
    }
}

/// <summary>A link to a calendar to create.</summary>
public sealed record CreateCalendarRequest
{
    /// <summary>What the calendar has.</summary>
    public CalendarKind? Kind { get; init; }

    /// <summary>The id of a public resolution, for the kind `resolution`; otherwise it is left out.</summary>
    public string? Resolution { get; init; }
}

internal sealed class CreateCalendarValidator : AbstractValidator<CreateCalendarRequest>
{
    public CreateCalendarValidator()
    {
        RuleFor(link => link.Kind).RequiredWord();
        RuleFor(link => link.Resolution)
            .Text(64)
            .Must((link, id) => link.Kind != CalendarKind.Resolution || id is not null)
            .WithMessage("is required for the kind resolution")
            .Must((link, id) => link.Kind != CalendarKind.Personal || id is null)
            .WithMessage("must be left out for the kind personal, which has all resolutions");
    }
}
