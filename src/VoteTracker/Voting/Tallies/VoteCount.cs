using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Tallies;

/// <summary>The number of members by position: of the Assembly for a tally, of a group for a row of a breakdown.</summary>
public readonly record struct VoteCount
{
    /// <summary>Yes.</summary>
    public int Yes { get; init; }

    /// <summary>No.</summary>
    public int No { get; init; }

    /// <summary>Abstentions.</summary>
    public int Abstain { get; init; }

    /// <summary>Absent; in a recorded vote, non-voting.</summary>
    public int Absent { get; init; }

    /// <summary>Undecided.</summary>
    public int Undecided { get; init; }

    /// <summary>No recorded position.</summary>
    public int Unknown { get; init; }

    /// <summary>May not vote on that day, whatever their position.</summary>
    public int Ineligible { get; init; }

    /// <summary>All of them.</summary>
    public int Members => Eligible + Ineligible;

    /// <summary>The members that may vote.</summary>
    public int Eligible => Yes + No + Abstain + Absent + Undecided + Unknown;

    /// <summary>V = Y + N (rule 86).</summary>
    public int PresentAndVoting => Yes + No;

    /// <summary>Y + N + abstentions.</summary>
    public int Present => Yes + No + Abstain;

    /// <summary>U: the members that have not decided, as far as is known.</summary>
    public int Open => Undecided + Unknown;

    /// <summary>Counts the ballots.</summary>
    public static VoteCount FromBallots(IEnumerable<Ballot> ballots, Counting counting = Counting.All)
    {
        Span<int> counts = stackalloc int[6];
        counts.Clear();
        var ineligible = 0;
        foreach (var ballot in ballots)
        {
            if (ballot.Eligible)
            {
                counts[(int)ballot.CountedAs(counting)]++;
            }
            else
            {
                ineligible++;
            }
        }
        return new VoteCount
        {
            Yes = counts[(int)Position.Yes],
            No = counts[(int)Position.No],
            Abstain = counts[(int)Position.Abstain],
            Absent = counts[(int)Position.Absent],
            Undecided = counts[(int)Position.Undecided],
            Unknown = counts[(int)Position.Unknown],
            Ineligible = ineligible,
        };
    }
}
