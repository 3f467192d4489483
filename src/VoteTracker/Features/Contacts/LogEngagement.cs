using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Contacts;

/// <summary>Logs an engagement with a contact.</summary>
internal sealed class LogEngagement(Db db)
    : Endpoint<LogEngagementRequest, Results<Created<Engagement>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/contacts/{id}/engagements");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .AcceptsIdempotencyKey()
                .Described(
                    "Contacts",
                    "Logs an engagement",
                    "One meeting, call, letter, message or event, with its outcome and next step. The next step becomes a task. `POST /v1/engagements` records more: a stance, several tasks, several contacts."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Created<Engagement>, ProblemHttpResult>> ExecuteAsync(
        LogEngagementRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var caller = Caller.FromContext(HttpContext);
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<Engagement>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            write.Contact = id;
            if (await ContactStore.Find(write.Connection, id) is not { } contact)
            {
                return ContactProblems.NotFound();
            }
            var engagement = await ContactEngagements.Insert(write, caller, contact, request);
            return TypedResults.Created($"/v1/contacts/{id}/engagements", engagement);
        });
    }
}

/// <summary>An engagement to be logged.</summary>
public sealed record LogEngagementRequest
{
    /// <summary>The kind of the engagement.</summary>
    public EngagementKind? Kind { get; init; }

    /// <summary>The day in New York, from 1945 to tomorrow. What is planned is a next step.</summary>
    public DateOnly? On { get; init; }

    /// <summary>A summary; 4,000 characters at most.</summary>
    public string? Summary { get; init; }

    /// <summary>The outcome; 1,000 characters at most.</summary>
    public string? Outcome { get; init; }

    /// <summary>The next step; 1,000 characters at most.</summary>
    public string? NextStep { get; init; }

    /// <summary>The day by which the next step is due, from 2000 to 2099.</summary>
    public DateOnly? DueOn { get; init; }
}

internal sealed class LogEngagementValidator : AbstractValidator<LogEngagementRequest>
{
    public LogEngagementValidator(TimeProvider clock)
    {
        RuleFor(e => e.Kind).RequiredWord();
        RuleFor(e => e.On).Required().DayOfEngagement(clock);
        RuleFor(e => e.Summary).Required().Text(4_000);
        RuleFor(e => e.Outcome).Text(1_000);
        RuleFor(e => e.NextStep).Text(1_000);
        RuleFor(e => e.DueOn).DayOfTask();
    }
}
