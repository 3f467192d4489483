using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>What the record lets one expect of one text, member by member.</summary>
public sealed class RecordPrediction
{
    private readonly VotingRecord _record;
    private readonly EvidenceWindow _past;
    private readonly double[] _shares;
    private readonly double[] _away;
    private readonly double[] _habits;

    internal RecordPrediction(
        VotingRecord record,
        EvidenceWindow past,
        double[] shares,
        double[] away,
        double[] habits
    ) => (_record, _past, _shares, _away, _habits) = (record, past, shares, away, habits);

    /// <summary>Whether anything was ever voted on: without it even what everybody did is not known.</summary>
    public bool IsEmpty => _past.End == 0;

    /// <summary>
    /// Whether the member was named in a roll call that was looked at; else what is expected of it is what everybody did.
    /// </summary>
    public bool Knows(string memberState) =>
        _past
            .Same.Concat(_past.Alike)
            .Concat(_past.Other)
            .Any(past => _record.VoteOf(memberState, past.Text) is not null);

    /// <summary>What is expected of a member.</summary>
    public Chances ChancesOf(string memberState)
    {
        if (_record.IndexOf(memberState) is not { } m)
        {
            var all = _past.Everybody;
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
    /// The votes of a member that this rests on, each with its share in the chances of how it votes if it does, the
    /// largest first; what is left of 1 is everybody's share.
    /// </summary>
    public IReadOnlyList<PastVoteShare> VotesOf(string memberState)
    {
        var shares = new Dictionary<int, double>();
        for (var h = 0; h < _habits.Length; h++)
        {
            var habit = DecayModel.OfVotes[h];
            var weights = _past
                .VoteWeights(habit)
                .Where(w => _record.VoteOf(memberState, w.Text) is not (null or Vote.NonVoting))
                .ToList();
            var sum = habit.Prior + weights.Sum(w => w.Weight);
            foreach (var (text, weight) in weights)
            {
                shares[text] = shares.GetValueOrDefault(text) + _habits[h] * weight / sum;
            }
        }
        return
        [
            .. shares
                .OrderByDescending(share => share.Value)
                .ThenByDescending(share => share.Key)
                .Select(share => new PastVoteShare
                {
                    Resolution = _record.Texts[share.Key].Resolution,
                    Session = _record.Texts[share.Key].Session,
                    Day = _record.Texts[share.Key].Day,
                    Vote = _record.VoteOf(memberState, share.Key)!.Value,
                    Share = share.Value,
                }),
        ];
    }
}

/// <summary>A vote of a member in the past, and how much a forecast rests on it.</summary>
public sealed record PastVoteShare
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>Its session's id.</summary>
    public required string Session { get; init; }

    /// <summary>The day of the vote.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>What the record shows.</summary>
    public required Vote Vote { get; init; }

    /// <summary>Its share in the chances of yes, no and abstaining, 0 to 1.</summary>
    public required double Share { get; init; }
}
