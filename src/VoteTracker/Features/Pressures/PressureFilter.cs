using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Pressures;

/// <summary>Which pressures a list has; null for all.</summary>
internal sealed record PressureFilter
{
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public PressureKind? Kind { get; init; }
    public PressureLevel? Level { get; init; }

    /// <summary>Only those that name this resolution, or none.</summary>
    public string? About { get; init; }

    /// <summary>The word of the kind.</summary>
    public string? KindWord => EnumWord<PressureKind>.ToWord(Kind);

    /// <summary>The word of the level.</summary>
    public string? LevelWord => EnumWord<PressureLevel>.ToWord(Level);

    /// <summary>The conditions of the filter, and of the page.</summary>
    public string Conditions(bool isContinued)
    {
        (bool Applies, string Condition)[] all =
        [
            (true, "TRUE"),
            (MemberState is not null, "p.member_state = @MemberState"),
            (Resolution is not null, "p.resolution = @Resolution"),
            (About is not null, "(p.resolution IS NULL OR p.resolution = @About)"),
            (Kind is not null, "p.kind = @KindWord"),
            (Level is not null, "p.level = @LevelWord"),
            (isContinued, "(p.member_state, p.id) > (@state, @id)"),
        ];
        return string.Join(" AND ", all.Where(c => c.Applies).Select(c => c.Condition));
    }
}
