using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Acts;

/// <summary>Which acts a list has; null for all.</summary>
internal sealed record ActFilter
{
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public ActKind? Kind { get; init; }
    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }

    /// <summary>Only those that name this resolution, or none.</summary>
    public string? About { get; init; }

    /// <summary>The word of the kind.</summary>
    public string? KindWord => EnumWord<ActKind>.ToWord(Kind);

    /// <summary>The conditions of the filter, of what the caller can see, and of the page.</summary>
    public string Conditions(Caller caller, bool isContinued)
    {
        (bool Applies, string Condition)[] all =
        [
            (MemberState is not null, "a.member_state = @MemberState"),
            (Resolution is not null, "a.resolution = @Resolution"),
            (About is not null, "(a.resolution IS NULL OR a.resolution = @About)"),
            (Kind is not null, "a.kind = @KindWord"),
            (From is not null, "a.on_day >= @From"),
            (To is not null, "a.on_day <= @To"),
            (isContinued, "(a.on_day, a.id) < (@day, @id)"),
            (true, Visible(caller)),
        ];
        return string.Join(" AND ", all.Where(c => c.Applies).Select(c => c.Condition));
    }

    /// <summary>What a caller sees: every act, but those of a private resolution only with a key.</summary>
    public static string Visible(Caller caller) =>
        caller.SeesAllResolutions ? "TRUE" : ResolutionAccess.IsPublic("a.resolution");
}
