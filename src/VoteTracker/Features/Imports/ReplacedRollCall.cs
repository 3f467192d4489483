using VoteTracker.Features.Record;
using VoteTracker.Features.RollCalls;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>A roll call that the campaign entered, and its differences from the UN's record. Both are stored, and only the UN's record is counted.</summary>
public sealed record ReplacedRollCall
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The differences, a sentence each: the day, the totals, then each member in the order of the codes. Empty if there are none.</summary>
    public required IReadOnlyList<string> Differences { get; init; }

    internal static ReplacedRollCall Create(RecordedResolution library, DateOnly enteredDay, string? enteredNames)
    {
        var entered = PackedNames
            .Unpack(enteredNames)
            .ToDictionary(n => n.MemberState, n => n.Vote, StringComparer.Ordinal);
        var record = PackedNames
            .Unpack(library.Names)
            .ToDictionary(n => n.MemberState, n => n.Vote, StringComparer.Ordinal);
        var differences = new List<string>();
        if (enteredDay != library.VotedOn)
        {
            differences.Add($"The day is {library.VotedOn:O}; the campaign entered {enteredDay:O}.");
        }
        var (totals, enteredTotals) = (VoteTotals.FromVotes(record.Values), VoteTotals.FromVotes(entered.Values));
        if (totals != enteredTotals)
        {
            differences.Add($"The names add up to {totals}; the campaign's to {enteredTotals}.");
        }
        differences.AddRange(
            from iso3 in entered.Keys.Union(record.Keys).Order(StringComparer.Ordinal)
            let counts = WordFor(record, iso3)
            let was = WordFor(entered, iso3)
            where counts != was
            select $"{iso3} is {counts}; the campaign entered {was}."
        );
        return new ReplacedRollCall { Resolution = library.Id, Differences = differences };
    }

    private static string WordFor(Dictionary<string, Vote> votes, string iso3) =>
        votes.TryGetValue(iso3, out var vote) ? EnumWord<Vote>.ToWord(vote) : "not named";
}
