using Dapper;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Changes;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

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
                .Needs(Role.Lobbyist)
                .Repeatable()
                .Described(
                    "Contacts",
                    "Logs an engagement",
                    "One talk, letter, call or event, with its outcome and next step."
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
            if (await Contact.Find(write.Connection, id) is not { } contact)
            {
                return Problems.NotFound("There is no such contact.");
            }
            var row = await write.Connection.QuerySingleAsync<EngagementRow>(
                $"""
                INSERT INTO engagement (contact, kind, on_day, summary, outcome, next_step, due_on, changed_at, changed_by)
                VALUES (@id, @kind, @On, @Summary, @Outcome, @NextStep, @DueOn, @Now, @Label)
                RETURNING {EngagementRow.Columns}
                """,
                new
                {
                    id,
                    kind = EnumWord<EngagementKind>.ToWord(request.Kind),
                    request.On,
                    request.Summary,
                    request.Outcome,
                    request.NextStep,
                    request.DueOn,
                    write.Now,
                    caller.Label,
                }
            );
            await Change.Append(write, caller, ChangeKind.Engagement, null, null, write.Now, contact.MemberState, id);
            return TypedResults.Created($"/v1/contacts/{id}/engagements", row.Engagement);
        });
    }
}

/// <summary>An engagement to be logged.</summary>
public sealed record LogEngagementRequest
{
    /// <summary>How one talked.</summary>
    public EngagementKind? Kind { get; init; }

    /// <summary>The day, New York's.</summary>
    public DateOnly? On { get; init; }

    /// <summary>What was said; 4,000 characters at most.</summary>
    public string? Summary { get; init; }

    /// <summary>What came of it; 1,000 characters at most.</summary>
    public string? Outcome { get; init; }

    /// <summary>What comes next; 1,000 characters at most.</summary>
    public string? NextStep { get; init; }

    /// <summary>The day by which that is due.</summary>
    public DateOnly? DueOn { get; init; }
}

internal sealed class LogEngagementValidator : AbstractValidator<LogEngagementRequest>
{
    public LogEngagementValidator()
    {
        RuleFor(e => e.Kind).RequiredWord();
        RuleFor(e => e.On).Required();
        RuleFor(e => e.Summary).Required().Text(4_000);
        RuleFor(e => e.Outcome).Text(1_000);
        RuleFor(e => e.NextStep).Text(1_000);
    }
}
