using System.Data.Common;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>That a member may not vote from a day to a day, both included. Nobody is ineligible until a coordinator enters it.</summary>
public sealed record Ineligibility
{
    /// <summary>The member state's code.</summary>
    public required string MemberState { get; init; }

    /// <summary>The first day, New York's.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day; null while it is open.</summary>
    public required DateOnly? Until { get; init; }

    /// <summary>Why.</summary>
    public required IneligibilityReason Reason { get; init; }

    /// <summary>What else there is to say; viewers and up.</summary>
    public required string? Note { get; init; }

    /// <summary>What this caller may see of it.</summary>
    internal Ineligibility For(Caller caller) => caller.May(Right.SeeNotes) ? this : this with { Note = null };

    internal static async Task<Ineligibility?> Find(DbConnection connection, string iso3) =>
        (
            await connection.QuerySingleOrDefaultAsync<Row>(
                """
                SELECT member_state, from_day, until_day, reason, note
                FROM ineligibility
                WHERE member_state = @iso3 AND ended_at IS NULL
                """,
                new { iso3 }
            )
        )?.Ineligibility;

    /// <summary>The 409 of a member that may not vote on that day, by the entry in force; null where it may.</summary>
    internal static ProblemHttpResult? Bars(Seat seat, DateOnly day, Spell? entry, IneligibilityReason? reason)
    {
        if (!seat.IsMemberOn(day))
        {
            return ConflictTypes.NotAMember.Create(seat.Iso3, day);
        }
        return entry is { } spell && spell.Contains(day)
            ? ConflictTypes.Ineligible.Create(seat.Iso3, day, EnumWord<IneligibilityReason>.ToWord(reason))
            : null;
    }

    private sealed record Row
    {
        public string MemberState { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
        public string Reason { get; init; } = "";
        public string? Note { get; init; }

        public Ineligibility Ineligibility =>
            new()
            {
                MemberState = MemberState,
                From = FromDay,
                Until = UntilDay,
                Reason = EnumWord<IneligibilityReason>.Parse(Reason),
                Note = Note,
            };
    }
}
