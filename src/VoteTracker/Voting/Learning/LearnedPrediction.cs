using VoteTracker.Voting.Forecasts;

namespace VoteTracker.Voting.Learning;

/// <summary>The prediction of one resolution from a learned model, for each member.</summary>
internal sealed class LearnedPrediction
{
    private const int Outcomes = RollCallMatrix.Votes;

    private readonly RollCallMatrix _rollCalls;
    private readonly double[] _chances;

    public LearnedPrediction(
        RollCallMatrix rollCalls,
        double[] chances,
        double novelty,
        Similarities similarities,
        bool isMixed
    ) => (_rollCalls, _chances, Novelty, Similarities, IsMixed) = (rollCalls, chances, novelty, similarities, isMixed);

    /// <summary>0 if the title is as in an earlier resolution, 1 if no word is.</summary>
    public double Novelty { get; }

    /// <summary>The similarities to the earlier roll calls.</summary>
    public Similarities Similarities { get; }

    /// <summary>Whether the plain model is mixed in, as in emergency special sessions.</summary>
    public bool IsMixed { get; }

    /// <summary>The chances of a member. One that no roll call names gets those of a member without votes.</summary>
    public Chances ChancesOf(string memberState) =>
        ChancesOf(_rollCalls.IndexOf(memberState) ?? _rollCalls.MemberCount);

    /// <summary>The chances of a member by index. The index after the last is of a member without votes.</summary>
    public Chances ChancesOf(int member)
    {
        var chances = _chances.AsSpan(Outcomes * member, Outcomes);
        return Chances.Normalize(chances[0], chances[1], chances[2], chances[3]);
    }
}
