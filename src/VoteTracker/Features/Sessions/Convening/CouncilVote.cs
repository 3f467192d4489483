using System.Text.Json.Serialization;
using FluentValidation;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Versioned;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sessions.Convening;

/// <summary>The vote of a member of the Security Council.</summary>
public enum CouncilPosition
{
    /// <summary>In favour.</summary>
    Yes,

    /// <summary>Against.</summary>
    No,

    /// <summary>It abstained.</summary>
    Abstain,

    /// <summary>It did not participate in the vote, or was absent.</summary>
    NotParticipating,
}

/// <summary>The vote of the Security Council to call an emergency special session.</summary>
public sealed record CouncilVote : IVersioned
{
    /// <summary>The session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The symbol of the resolution or draft, such as `S/RES/2623 (2022)`.</summary>
    public required string Document { get; init; }

    /// <summary>The vote of each member of the Council; null if only the totals are known.</summary>
    public required IReadOnlyList<CouncilMemberVote>? Votes { get; init; }

    /// <summary>The totals.</summary>
    public required CouncilTotals Totals { get; init; }

    /// <summary>The yes votes that were needed on that day; the vote is procedural, so no permanent member can prevent it.</summary>
    public required int Required { get; init; }

    /// <summary>The session's version that the last change of the vote made; the ETag.</summary>
    public required long Version { get; init; }

    /// <summary>The label of the key that last changed it; `record` for the reference data. Viewers and up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChangedBy { get; init; }

    /// <summary>The moment of the last change; UTC.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The part of it that a caller may see.</summary>
    internal CouncilVote For(Caller caller) => caller.May(Right.SeeSessions) ? this : this with { ChangedBy = null };
}

/// <summary>The vote of one member of the Council.</summary>
public sealed record CouncilMemberVote
{
    /// <summary>The member's code, ISO 3166-1 alpha-3.</summary>
    public required string MemberState { get; init; }

    /// <summary>Its vote.</summary>
    public required CouncilPosition Vote { get; init; }
}

/// <summary>The totals of a vote in the Council.</summary>
public sealed record CouncilTotals
{
    /// <summary>Members in favour.</summary>
    public required int Yes { get; init; }

    /// <summary>Members against.</summary>
    public required int No { get; init; }

    /// <summary>Members that abstained.</summary>
    public required int Abstain { get; init; }
}

/// <summary>A vote of the Security Council to be recorded: its votes by name, or its totals.</summary>
public sealed record RecordCouncilVoteRequest
{
    /// <summary>The day of the vote in New York; 1946-01-17 or later.</summary>
    public DateOnly? On { get; init; }

    /// <summary>The symbol of the resolution or draft; 200 characters at most.</summary>
    public string? Document { get; init; }

    /// <summary>Every member of the Council once: 15 since 1966, 11 before. Either `votes` or `totals`.</summary>
    public IReadOnlyList<CouncilMemberVoteRequest?>? Votes { get; init; }

    /// <summary>The totals. Either `votes` or `totals`.</summary>
    public CouncilTotalsRequest? Totals { get; init; }
}

/// <summary>The vote of one member of the Council.</summary>
public sealed record CouncilMemberVoteRequest
{
    /// <summary>The member's code, ISO 3166-1 alpha-3 in capitals.</summary>
    public string? MemberState { get; init; }

    /// <summary>`yes`, `no`, `abstain` or `not-participating`.</summary>
    public CouncilPosition? Vote { get; init; }
}

/// <summary>The totals of a vote in the Council. Members that are in none of them did not participate.</summary>
public sealed record CouncilTotalsRequest
{
    /// <summary>Members in favour.</summary>
    public int? Yes { get; init; }

    /// <summary>Members against.</summary>
    public int? No { get; init; }

    /// <summary>Members that abstained.</summary>
    public int? Abstain { get; init; }
}

internal sealed class RecordCouncilVoteValidator : AbstractValidator<RecordCouncilVoteRequest>
{
    private const int MostNames = 100;

    public RecordCouncilVoteValidator()
    {
        RuleFor(v => v.On)
            .Required()
            .Must(day => day is null || day >= ConveningRule.FirstCouncilMeeting)
            .WithMessage("must be 1946-01-17 or later, the day of the Council's first meeting");
        RuleFor(v => v.Document).Required().Text(200);
        RuleFor(v => v.Votes)
            .Must((v, votes) => votes is null || v.Totals is null)
            .WithMessage("must be left out if totals is sent: exactly one of the two")
            .Must(votes => votes is not { Count: > MostNames })
            .WithMessage("must name every member of the Council once");
        RuleForEach(v => v.Votes)
            .Must(vote => vote is not null)
            .WithMessage("must be an object")
            .ChildRules(vote =>
            {
                vote.RuleFor(v => v!.MemberState).Required().Text(64);
                vote.RuleFor(v => v!.Vote).RequiredWord();
            })
            .When(v => v.Votes is { Count: <= MostNames });
        RuleFor(v => v.Totals)
            .Must(t => t is null or { Yes: >= 0 and <= 15, No: >= 0 and <= 15, Abstain: >= 0 and <= 15 })
            .WithMessage("must have yes, no and abstain, each from 0 to 15");
    }
}
