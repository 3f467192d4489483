using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions;

/// <summary>A session that is requested.</summary>
public sealed record AddSessionRequest
{
    /// <summary>
    /// The id of a new emergency special session is `es-` and its number, which is the next one. The id of a resumption is
    /// chosen, such as `es-10-2026`. The id of a regular session is its number.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>`new-emergency-session`, `resumption` or `regular`.</summary>
    public SessionKind? Kind { get; init; }

    /// <summary>The subject; 500 characters at most.</summary>
    public string? Subject { get; init; }

    /// <summary>The id of the adjourned session that a resumption resumes; by default the one that the id begins with.</summary>
    public string? Resumes { get; init; }

    /// <summary>The document that authorises the President to resume the session, such as a resolution; 200 characters at most.</summary>
    public string? Authority { get; init; }
}

internal sealed class AddSessionValidator : AbstractValidator<AddSessionRequest>
{
    public AddSessionValidator()
    {
        RuleFor(s => s.Id)
            .Required()
            .Must(id => id is null || ResolutionId.Shape().IsMatch(id))
            .WithMessage("must be 1 to 64 of a-z, 0-9 and inner hyphens, such as es-12");
        RuleFor(s => s.Kind)
            .RequiredWord()
            .Must(kind => kind != SessionKind.Special)
            .WithMessage(
                "must be new-emergency-session, resumption or regular: special sessions are only in the record"
            );
        RuleFor(s => s.Subject).Required().Text(500);
        RuleFor(s => s.Resumes)
            .Text(64)
            .Must((s, id) => id is null || s.Kind is null or SessionKind.Resumption)
            .WithMessage(SessionFieldsValidator.OnlyForResumptions);
        RuleFor(s => s.Authority)
            .Text(200)
            .Must((s, text) => text is null || s.Kind is null or SessionKind.Resumption)
            .WithMessage(SessionFieldsValidator.OnlyForResumptions);
    }
}

/// <summary>The fields of a session that a coordinator changes. A PATCH is merged into them.</summary>
public sealed record SessionFields
{
    /// <summary>The subject; 500 characters at most.</summary>
    public string? Subject { get; init; }

    /// <summary>
    /// `requested`, `convened`, `closed` or `withdrawn`. A requested session convenes or is withdrawn, one that is withdrawn is
    /// requested again, and one that has convened is closed or opened again. Only a session that a user added goes back from
    /// `convened` to `requested`, to undo a mistake. A session that convenes without a day of opening opens today in New
    /// York; one that is closed without a day was closed today.
    /// </summary>
    public SessionStatus? Status { get; init; }

    /// <summary>Its number. It cannot change, because the id has it.</summary>
    public int? Number { get; init; }

    /// <summary>The day of its first meeting; before it has convened, the planned day. From 1945-10-24 to 2099. It cannot be removed after that. A resumption opens after the session that it resumes.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <summary>The day it was closed, or will be; not before it opened.</summary>
    public DateOnly? ClosedOn { get; init; }

    /// <summary>The body or states that requested it; 200 characters at most.</summary>
    public string? CalledBy { get; init; }

    /// <summary>The id of the adjourned session that a resumption resumes.</summary>
    public string? Resumes { get; init; }

    /// <summary>The document that authorises the President to resume the session; 200 characters at most.</summary>
    public string? Authority { get; init; }

    /// <summary>The fields of a session, as a patch is merged into them.</summary>
    internal static SessionFields FromSession(Session session) =>
        new()
        {
            Subject = session.Subject,
            Status = session.Status,
            Number = session.Number,
            OpenedOn = session.OpenedOn,
            ClosedOn = session.ClosedOn,
            CalledBy = session.CalledBy,
            Resumes = session.Resumes,
            Authority = session.Authority,
        };
}

internal sealed class SessionFieldsValidator : AbstractValidator<SessionFields>
{
    public const string OnlyForResumptions = "must be left out, except for a resumption";

    // The day on which the Charter entered into force.
    private static readonly DateOnly FirstDay = new(1945, 10, 24);
    private static readonly DateOnly LastDay = new(2099, 12, 31);

    public SessionFieldsValidator()
    {
        RuleFor(s => s.Subject).Required().Text(500);
        RuleFor(s => s.Status).RequiredWord();
        RuleFor(s => s.OpenedOn).Must(IsPossible).WithMessage("must be from 1945-10-24 to 2099-12-31");
        RuleFor(s => s.ClosedOn)
            .Must(IsPossible)
            .WithMessage("must be from 1945-10-24 to 2099-12-31")
            .Must((s, day) => day is null || s.OpenedOn is null || day >= s.OpenedOn)
            .WithMessage("must not be before openedOn");
        RuleFor(s => s.CalledBy).Text(200);
        RuleFor(s => s.Resumes).Text(64);
        RuleFor(s => s.Authority).Text(200);
    }

    private static bool IsPossible(DateOnly? day) => day is null || (day >= FirstDay && day <= LastDay);
}
