namespace VoteTracker.Voting.Forecasts;

/// <summary>The past resolutions that a forecast of one resolution uses, the newest first in each list.</summary>
internal sealed record EvidenceWindow
{
    /// <summary>The number of resolutions in the record before it.</summary>
    public required int End { get; init; }

    public required string Session { get; init; }

    /// <summary>Whether the title has significant words.</summary>
    public required bool HasTitle { get; init; }

    /// <summary>Resolutions of the same session.</summary>
    public required IReadOnlyList<PastVote> Same { get; init; }

    /// <summary>The newest resolutions of other sessions, where attendance is similar.</summary>
    public required IReadOnlyList<PastVote> Other { get; init; }

    /// <summary>Resolutions of other sessions with similar titles.</summary>
    public required IReadOnlyList<PastVote> Similar { get; init; }

    /// <summary>The recent votes of all members as four chances, for a member without a record.</summary>
    public required double[] AllMembers { get; init; }

    /// <summary>The prior: four chances for each member, half from all members and half from its regional group.</summary>
    public required double[] Prior { get; init; }

    /// <summary>The weights of the resolutions for the choice between yes, no and abstain.</summary>
    public IEnumerable<(int Index, double Weight)> VoteWeights(DecayModel model) =>
        Same.Select((past, back) => (past.Index, model.Weight(back, past.Days, similarity: null)))
            .Concat(
                model.Elsewhere > 0
                    ? Similar.Select(past => (past.Index, model.Weight(0, past.Days, past.Similarity)))
                    : []
            );

    /// <summary>The weights of the resolutions for attendance.</summary>
    public IEnumerable<(int Index, double Weight)> AttendanceWeights(DecayModel model) =>
        Same.Select((past, back) => (past.Index, model.Weight(back, past.Days, similarity: null)))
            .Concat(Other.Select((past, back) => (past.Index, model.Weight(back, past.Days, similarity: 1))));
}

/// <summary>A resolution of the record, with the days to the forecast resolution and the similarity to it.</summary>
internal readonly record struct PastVote(int Index, int Days, double Similarity);
