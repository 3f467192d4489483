using System.Text.Json.Serialization;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Vetoes;

/// <summary>A draft that the Security Council did not adopt because of the vote of a permanent member (Charter, Article 27 (3)).</summary>
public sealed record CouncilVeto : IVersioned
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>The symbol of the draft, such as `S/2022/155`.</summary>
    public required string Draft { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The subject of the draft.</summary>
    public required string Subject { get; init; }

    /// <summary>The codes of the permanent members that voted against, in their order.</summary>
    public required IReadOnlyList<string> Against { get; init; }

    /// <summary>The id of the session that it led to; null if there is none, or the caller cannot see it.</summary>
    public required string? Session { get; init; }

    /// <summary>Its own version, which every change raises; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The part of it that a caller may see.</summary>
    internal CouncilVeto For(Caller caller) => caller.May(Right.SeeAuthors) ? this : this with { ChangedBy = null };
}

/// <summary>The fields of a veto that a coordinator sets. A PATCH is merged into them.</summary>
public sealed record CouncilVetoFields
{
    /// <summary>The symbol of the draft, such as `S/2022/155`; 100 characters at most.</summary>
    public string? Draft { get; init; }

    /// <summary>The day of the vote in New York; 1946-01-17 or later.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The subject of the draft; 500 characters at most.</summary>
    public string? Subject { get; init; }

    /// <summary>The codes of the permanent members that voted against, in capitals, each once.</summary>
    public IReadOnlyList<string?>? Against { get; init; }

    /// <summary>The id of the session that it led to.</summary>
    public string? Session { get; init; }

    /// <summary>The fields of a veto, as a patch is merged into them.</summary>
    internal static CouncilVetoFields FromVeto(CouncilVeto veto) =>
        new()
        {
            Draft = veto.Draft,
            On = veto.On,
            Subject = veto.Subject,
            Against = veto.Against,
            Session = veto.Session,
        };
}

internal sealed class CouncilVetoFieldsValidator : AbstractValidator<CouncilVetoFields>
{
    public CouncilVetoFieldsValidator()
    {
        RuleFor(v => v.Draft).Required().Text(100);
        RuleFor(v => v.On)
            .Required()
            .Must(day => day is null || day >= ConveningRule.FirstCouncilMeeting)
            .WithMessage("must be 1946-01-17 or later, the day of the Council's first meeting");
        RuleFor(v => v.Subject).Required().Text(500);
        RuleFor(v => v.Against)
            .Required()
            .Must(codes => codes is null or { Count: >= 1 and <= 5 })
            .WithMessage("must have the codes of one to five permanent members")
            .Must(codes => codes is null || codes.All(code => code is not null))
            .WithMessage("must not be null: each entry is the code of a permanent member")
            .Must(codes => codes is null || codes.Distinct(StringComparer.Ordinal).Count() == codes.Count)
            .WithMessage("must name each permanent member once");
        RuleFor(v => v.Session).Text(64);
    }
}
