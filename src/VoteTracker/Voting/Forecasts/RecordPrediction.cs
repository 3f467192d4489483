using VoteTracker.Voting.Learning;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The prediction of one resolution from the record, for each member: of the plain model and, if there is one, of the
/// learned model.
/// </summary>
public sealed class RecordPrediction
{
    private readonly VotingRecord _record;
    private readonly EvidenceWindow _past;
    private readonly Lazy<PlainChances> _plain;
    private readonly LearnedPrediction? _learned;

    internal RecordPrediction(VotingRecord record, EvidenceWindow past, Func<PlainChances> plain)
        : this(record, past, new Lazy<PlainChances>(plain), learned: null) { }

    private RecordPrediction(
        VotingRecord record,
        EvidenceWindow past,
        Lazy<PlainChances> plain,
        LearnedPrediction? learned
    ) => (_record, _past, _plain, _learned) = (record, past, plain, learned);

    /// <summary>The model that the chances are from.</summary>
    public ForecastModel Model => _learned is null ? ForecastModel.Plain : ForecastModel.Learned;

    /// <summary>The prediction of the learned model; null if there is none.</summary>
    internal LearnedPrediction? Learned => _learned;

    /// <summary>Whether the title of the resolution has words that the model compares.</summary>
    public bool HasTitle => _learned?.Similarities.HasTitle ?? _past.HasTitle;

    /// <summary>Whether the record has no resolution before it.</summary>
    public bool IsEmpty => _past.End == 0;

    /// <summary>
    /// Whether a roll call in the window has a vote of the member. Otherwise its prediction is that of all members.
    /// </summary>
    public bool Knows(string memberState) =>
        _learned?.Knows(memberState)
        ?? _past
            .Same.Concat(_past.Similar)
            .Concat(_past.Other)
            .Any(past => _record.VoteOf(memberState, past.Index) is not null);

    /// <summary>The chances of a member.</summary>
    public Chances ChancesOf(string memberState) => ChancesOf(_record.IndexOf(memberState) ?? _record.MemberCount);

    /// <summary>The chances of a member by index. The index after the last is of a member without votes.</summary>
    internal Chances ChancesOf(int m) => _learned?.ChancesOf(m) ?? PlainChancesOf(m);

    /// <summary>The chances of the plain model for a member by index.</summary>
    internal Chances PlainChancesOf(int m)
    {
        if (m == _record.MemberCount)
        {
            var all = _past.AllMembers;
            return Chances.Normalize(all[0], all[1], all[2], all[3]);
        }
        var (shares, away) = (_plain.Value.Shares, _plain.Value.Away);
        var votes = 1 - away[m];
        return Chances.Normalize(votes * shares[3 * m], votes * shares[3 * m + 1], votes * shares[3 * m + 2], away[m]);
    }

    /// <summary>The same prediction with that of the learned model.</summary>
    internal RecordPrediction With(LearnedPrediction learned) => new(_record, _past, _plain, learned);

    /// <summary>
    /// The past votes behind the prediction of a member, the largest share first. Each share is the part in the chances of
    /// yes, no and abstain; the rest up to 1 is the share of other members.
    /// </summary>
    public IReadOnlyList<PastVoteShare> VotesOf(string memberState)
    {
        var shares = new Dictionary<int, double>();
        var plain = _learned?.PlainShare ?? 1;
        if (plain > 0)
        {
            AddShares(shares, memberState, plain);
        }
        _learned?.AddShares(shares, memberState, 1 - plain);
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

    private void AddShares(Dictionary<int, double> shares, string memberState, double part)
    {
        var modelWeights = _plain.Value.ModelWeights;
        for (var h = 0; h < modelWeights.Length; h++)
        {
            var model = DecayModel.OfVotes[h];
            var weights = _past
                .VoteWeights(model)
                .Where(w => _record.VoteOf(memberState, w.Index) is not (null or Vote.NonVoting))
                .ToList();
            var sum = model.Prior + weights.Sum(w => w.Weight);
            foreach (var (index, weight) in weights)
            {
                shares[index] = shares.GetValueOrDefault(index) + part * modelWeights[h] * weight / sum;
            }
        }
    }
}

/// <summary>The chances of the plain model.</summary>
/// <param name="Shares">For each member, the chances of yes, no and abstain if it votes.</param>
/// <param name="Away">For each member, the chance that it does not vote.</param>
/// <param name="ModelWeights">The weights of the models of votes.</param>
internal sealed record PlainChances(double[] Shares, double[] Away, double[] ModelWeights);

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
