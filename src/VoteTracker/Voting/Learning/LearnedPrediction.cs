using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Learning;

/// <summary>The prediction of one resolution from a learned model, for each member.</summary>
internal sealed class LearnedPrediction
{
    private const int Outcomes = RollCallMatrix.Votes;

    private const double LeastShare = 0.001;

    private readonly RollCallMatrix _rollCalls;
    private readonly double[] _chances;
    private readonly int _day;

    public LearnedPrediction(
        RollCallMatrix rollCalls,
        double[] chances,
        double novelty,
        Similarities similarities,
        int day,
        double plainShare
    )
    {
        (_rollCalls, _chances, _day) = (rollCalls, chances, day);
        (Novelty, Similarities, PlainShare) = (novelty, similarities, plainShare);
    }

    /// <summary>0 if the title is as in an earlier resolution, 1 if no word is.</summary>
    public double Novelty { get; }

    /// <summary>The similarities to the earlier roll calls.</summary>
    public Similarities Similarities { get; }

    /// <summary>Whether the agenda item is known, or is that of the emergency special session.</summary>
    public bool HasAgenda => Similarities.HasAgenda || PlainShare > 0;

    /// <summary>The share of the plain model, as an exponent: 0.8 in emergency special sessions, otherwise 0.</summary>
    public double PlainShare { get; }

    /// <summary>Whether a roll call names the member.</summary>
    public bool Knows(string memberState) => _rollCalls.IndexOf(memberState) is not null;

    /// <summary>The chances of a member. One that no roll call names gets those of a member without votes.</summary>
    public Chances ChancesOf(string memberState) =>
        ChancesOf(_rollCalls.IndexOf(memberState) ?? _rollCalls.MemberCount);

    /// <summary>The chances of a member by index. The index after the last is of a member without votes.</summary>
    public Chances ChancesOf(int member)
    {
        var chances = _chances.AsSpan(Outcomes * member, Outcomes);
        return Chances.Normalize(chances[0], chances[1], chances[2], chances[3]);
    }

    /// <summary>
    /// Adds the shares of a member's past votes: the weights of similar roll calls in the kernels of its own votes, each
    /// kernel with the same part.
    /// </summary>
    public void AddShares(Dictionary<int, double> shares, string memberState, double part)
    {
        if (_rollCalls.IndexOf(memberState) is not { } member)
        {
            return;
        }
        var weights = new List<(int RollCall, double[] Weights)>();
        double[] sums = [.. KernelCounts.SmoothingOfOwn];
        foreach (var (rollCall, weight) in KernelCounts.OwnWeights(_rollCalls, Similarities, _day))
        {
            if (_rollCalls.VotesOn(rollCall)[member] < (byte)Vote.NonVoting)
            {
                weights.Add((rollCall, weight));
                for (var kernel = 0; kernel < sums.Length; kernel++)
                {
                    sums[kernel] += weight[kernel];
                }
            }
        }
        foreach (var (rollCall, weight) in weights)
        {
            var share = part * weight.Select((w, kernel) => w / sums[kernel]).Average();
            if (share >= LeastShare)
            {
                shares[rollCall] = shares.GetValueOrDefault(rollCall) + share;
            }
        }
    }
}
