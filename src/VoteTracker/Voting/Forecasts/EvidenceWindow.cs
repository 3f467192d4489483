namespace VoteTracker.Voting.Forecasts;

/// <summary>The texts that a forecast of one text looks back at, each kind with the newest first.</summary>
internal sealed record EvidenceWindow
{
    /// <summary>How many texts of the record there were.</summary>
    public required int End { get; init; }

    public required string Session { get; init; }

    /// <summary>Those of the same session.</summary>
    public required IReadOnlyList<PastVote> Same { get; init; }

    /// <summary>The newest of other sessions: who votes at all is much the same there.</summary>
    public required IReadOnlyList<PastVote> Other { get; init; }

    /// <summary>Those of other sessions whose titles are like its own.</summary>
    public required IReadOnlyList<PastVote> Alike { get; init; }

    /// <summary>What everybody did lately: the four chances, for a member of which nothing is known.</summary>
    public required double[] Everybody { get; init; }

    /// <summary>The same, half of it the member's regional group's: four chances a member.</summary>
    public required double[] Prior { get; init; }

    /// <summary>The texts that say how a member votes.</summary>
    public IEnumerable<(int Text, double Weight)> VoteWeights(DecayModel habit) =>
        Same.Select((past, back) => (past.Text, habit.Weight(back, past.Days, alike: null)))
            .Concat(
                habit.Elsewhere > 0 ? Alike.Select(past => (past.Text, habit.Weight(0, past.Days, past.Alike))) : []
            );

    /// <summary>The texts that say whether it votes.</summary>
    public IEnumerable<(int Text, double Weight)> AttendanceWeights(DecayModel habit) =>
        Same.Select((past, back) => (past.Text, habit.Weight(back, past.Days, alike: null)))
            .Concat(Other.Select((past, back) => (past.Text, habit.Weight(back, past.Days, alike: 1))));
}

/// <summary>A text of the record, seen from another: how many days before it, and how much alike.</summary>
internal readonly record struct PastVote(int Text, int Days, double Alike);
