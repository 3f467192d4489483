using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>The prediction of one resolution from the record, for each member.</summary>
public sealed class RecordPrediction
{
    private readonly VotingRecord _record;
    private readonly EvidenceWindow _past;
    private readonly double[] _shares;
    private readonly double[] _away;
    private readonly double[] _modelWeights;

    internal RecordPrediction(
        VotingRecord record,
        EvidenceWindow past,
        double[] shares,
        double[] away,
        double[] modelWeights
    ) => (_record, _past, _shares, _away, _modelWeights) = (record, past, shares, away, modelWeights);

    /// <summary>Whether the record has no resolution before it.</summary>
    public bool IsEmpty => _past.End == 0;

    /// <summary>
    /// Whether a roll call in the window has a vote of the member. Otherwise its prediction is that of all members.
    /// </summary>
    public bool Knows(string memberState) =>
        _past
            .Same.Concat(_past.Similar)
            .Concat(_past.Other)
            .Any(past => _record.VoteOf(memberState, past.Index) is not null);

    /// <summary>The chances of a member.</summary>
    public Chances ChancesOf(string memberState) => ChancesOf(_record.IndexOf(memberState) ?? _record.MemberCount);

    /// <summary>The chances of a member by index. The index after the last is of a member without votes.</summary>
    internal Chances ChancesOf(int m)
    {
        if (m == _record.MemberCount)
        {
            var all = _past.AllMembers;
            return Chances.Normalize(all[0], all[1], all[2], all[3]);
        }
        var votes = 1 - _away[m];
        return Chances.Normalize(
            votes * _shares[3 * m],
            votes * _shares[3 * m + 1],
            votes * _shares[3 * m + 2],
            _away[m]
        );
    }

    /// <summary>
    /// The past votes behind the prediction of a member, the largest share first. Each share is the part in the chances of
    /// yes, no and abstain; the rest up to 1 is the share of all members.
    /// </summary>
    public IReadOnlyList<PastVoteShare> VotesOf(string memberState)
    {
        var shares = new Dictionary<int, double>();
        for (var h = 0; h < _modelWeights.Length; h++)
        {
            var model = DecayModel.OfVotes[h];
            var weights = _past
                .VoteWeights(model)
                .Where(w => _record.VoteOf(memberState, w.Index) is not (null or Vote.NonVoting))
                .ToList();
            var sum = model.Prior + weights.Sum(w => w.Weight);
            foreach (var (index, weight) in weights)
            {
                shares[index] = shares.GetValueOrDefault(index) + _modelWeights[h] * weight / sum;
            }
        }
        return
        [
            .. shares
                .OrderByDescending(share => share.Value)
                .ThenByDescending(share => share.Key)
                .Select(share => new PastVoteShare
                {
                    Resolution = _record.Resolutions[share.Key].Resolution,
                    Session = _record.Resolutions[share.Key].Session,
                    Day = _record.Resolutions[share.Key].Day,
                    Vote = _record.VoteOf(memberState, share.Key)!.Value,
                    Share = share.Value,
                }),
        ];
    }
}

/// <summary>A past vote of a member, and its share in a forecast.</summary>
public sealed record PastVoteShare
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Its session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>The recorded vote.</summary>
    public required Vote Vote { get; init; }

    /// <summary>Its share in the chances of yes, no and abstaining, 0 to 1.</summary>
    public required double Share { get; init; }
}
