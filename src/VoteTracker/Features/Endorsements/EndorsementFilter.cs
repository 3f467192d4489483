using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>Which endorsements a list or a sum has; null for all.</summary>
internal sealed record EndorsementFilter
{
    public string? MemberState { get; init; }
    public string? Resolution { get; init; }
    public OrganisationKind? Kind { get; init; }

    /// <summary>Words in the name of the organisation.</summary>
    public SearchText? Search { get; init; }

    /// <summary>Only those that name this resolution, or none.</summary>
    public string? About { get; init; }

    /// <summary>The word of the kind.</summary>
    public string? KindWord => EnumWord<OrganisationKind>.ToWord(Kind);

    /// <summary>The conditions of the filter, and of what the caller can see. Only those that apply, so that the database can use an index.</summary>
    public string Conditions(Caller caller)
    {
        (bool Applies, string Condition)[] all =
        [
            (MemberState is not null, "e.member_state = @MemberState"),
            (Resolution is not null, "e.resolution = @Resolution"),
            (About is not null, "(e.resolution IS NULL OR e.resolution = @About)"),
            (Kind is not null, "e.kind = @KindWord"),
            (true, Visible(caller)),
        ];
        return string.Join(" AND ", all.Where(c => c.Applies).Select(c => c.Condition));
    }

    /// <summary>What a caller sees: with a key all of them, without one the public ones, unless they name a private resolution.</summary>
    public static string Visible(Caller caller) =>
        caller.May(Right.SeeEndorsements) ? "TRUE" : $"(e.is_public AND {ResolutionAccess.IsPublic("e.resolution")})";
}
