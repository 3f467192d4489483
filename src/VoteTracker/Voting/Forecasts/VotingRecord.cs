using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The roll calls that have been, and what they let one expect of the next: of each member how likely it is to vote at
/// all, and if so how. Several ways to read the past stand side by side (<see cref="DecayModel"/>), and each counts by
/// how well it would have foreseen the texts voted before: weight ∝ exp(−40 × the sum of its mean log losses). Nothing is
/// ever taken from a text that came later, so a forecast of a text of the past is what it would have been then.
/// </summary>
public sealed class VotingRecord
{
    // A text's two hundred votes are no two hundred independent trials: members move together. No other number did better on
    // the texts until 2009.
    private const double Boldness = 40;
    private const int First = 3;
    private const int Scored = 60;
    private const int SameSession = 100;
    private const int Elsewhere = 60;
    private const int MostAlike = 50;
    private const double Alike = 0.25;
    private const byte NotNamed = byte.MaxValue;

    private readonly PastResolution[] _texts;
    private readonly byte[][] _votes;
    private readonly HashSet<string>[] _words;
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);
    private readonly int[] _regions;
    private readonly int _regionCount;
    private readonly Losses?[] _losses;

    /// <summary>Of these texts, in any order; a member's regional group by its code, null where it has none.</summary>
    public VotingRecord(IEnumerable<PastResolution> texts, Func<string, string?> regionOf)
    {
        _texts = [.. texts.Order(PastResolution.InOrder)];
        foreach (var names in _texts.Select(text => text.Names))
        {
            for (var at = 0; at < names.Length; at += PackedNames.Width)
            {
                _members.TryAdd(names.Substring(at, 3), _members.Count);
            }
        }
        _votes = [.. _texts.Select(text => VotesOf(text.Names))];
        _words = [.. _texts.Select(text => TitleSimilarity.WordsOf(text.Title))];
        var regions = new Dictionary<string, int>(StringComparer.Ordinal);
        _regions = new int[_members.Count];
        foreach (var (member, at) in _members)
        {
            var region = regionOf(member) ?? "";
            regions.TryAdd(region, regions.Count);
            _regions[at] = regions[region];
        }
        _regionCount = regions.Count;
        _losses = new Losses?[_texts.Length];
    }

    /// <summary>The texts, in the order of their votes.</summary>
    public IReadOnlyList<PastResolution> Texts => _texts;

    /// <summary>What the record lets one expect of one of its own texts, from those voted before it.</summary>
    public RecordPrediction Before(int text) =>
        View(Predict(text, _texts[text].Session, _words[text], _texts[text].Day));

    /// <summary>
    /// What it let one expect of a text that has been voted on, its own or another, from those voted before it.
    /// </summary>
    public RecordPrediction Before(PastResolution text)
    {
        var end = Array.FindIndex(_texts, other => PastResolution.InOrder.Compare(other, text) >= 0);
        return View(
            Predict(end < 0 ? _texts.Length : end, text.Session, TitleSimilarity.WordsOf(text.Title), text.Day)
        );
    }

    /// <summary>What it lets one expect of a text that is to be voted on.</summary>
    public RecordPrediction Next(string session, string title, DateOnly day) =>
        View(Predict(_texts.Length, session, TitleSimilarity.WordsOf(title), day));

    internal int? IndexOf(string memberState) => _members.TryGetValue(memberState, out var m) ? m : null;

    internal Vote? VoteOf(string memberState, int text) =>
        IndexOf(memberState) is { } m && _votes[text][m] is not NotNamed and var vote ? (Vote)vote : null;

    private RecordPrediction View(EvidenceWindow past)
    {
        var losses = Enumerable
            .Range(0, past.End)
            .Where(j => j >= First && IsEmergency(_texts[j].Session) == IsEmergency(past.Session))
            .TakeLast(Scored)
            .Select(LossesOf)
            .ToList();
        var votes = Weights(DecayModel.OfVotes.Count, losses, l => l.Votes);
        var attendance = Weights(DecayModel.OfAttendance.Count, losses, l => l.Attendance);
        var (shares, away) = (new double[3 * _members.Count], new double[_members.Count]);
        for (var h = 0; h < votes.Length; h++)
        {
            Add(shares, votes[h], VotesBy(past, DecayModel.OfVotes[h]));
        }
        for (var h = 0; h < attendance.Length; h++)
        {
            Add(away, attendance[h], AwayBy(past, DecayModel.OfAttendance[h]));
        }
        return new RecordPrediction(this, past, shares, away, votes);
    }

    private static void Add(double[] sum, double weight, double[] part)
    {
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] += weight * part[i];
        }
    }

    private static double[] Weights(int habits, List<Losses> losses, Func<Losses, double[]> of)
    {
        var scores = new double[habits];
        foreach (var loss in losses)
        {
            Add(scores, -Boldness, of(loss));
        }
        var best = scores.Max();
        var weights = Array.ConvertAll(scores, score => Math.Exp(score - best));
        var sum = weights.Sum();
        return Array.ConvertAll(weights, weight => weight / sum);
    }

    // How each way would have done on a text, read from those before it: a mean over its names.
    private Losses LossesOf(int text)
    {
        if (_losses[text] is { } known)
        {
            return known;
        }
        var past = Predict(text, _texts[text].Session, _words[text], _texts[text].Day);
        var names = _votes[text].Count(vote => vote != NotNamed);
        return _losses[text] = new Losses(
            [.. DecayModel.OfVotes.Select(habit => VoteLoss(VotesBy(past, habit), _votes[text]) / names)],
            [.. DecayModel.OfAttendance.Select(habit => AwayLoss(AwayBy(past, habit), _votes[text]) / names)]
        );
    }

    private static double VoteLoss(double[] shares, byte[] votes) =>
        -votes.Select((vote, m) => vote < (byte)Vote.NonVoting ? Math.Log(shares[3 * m + vote]) : 0).Sum();

    private static double AwayLoss(double[] away, byte[] votes) =>
        -votes
            .Select(
                (vote, m) =>
                    vote == NotNamed ? 0
                    : vote == (byte)Vote.NonVoting ? Math.Log(away[m])
                    : Math.Log(1 - away[m])
            )
            .Sum();

    // Of each member the chances of yes, no and abstaining, if it votes.
    private double[] VotesBy(EvidenceWindow past, DecayModel habit)
    {
        var shares = new double[3 * _members.Count];
        foreach (var (text, weight) in past.VoteWeights(habit))
        {
            var votes = _votes[text];
            for (var m = 0; m < votes.Length; m++)
            {
                if (votes[m] < (byte)Vote.NonVoting)
                {
                    shares[3 * m + votes[m]] += weight;
                }
            }
        }
        for (var m = 0; m < _members.Count; m++)
        {
            var prior = past.Prior.AsSpan(4 * m, 4);
            var share = shares.AsSpan(3 * m, 3);
            var sum = share[0] + share[1] + share[2] + habit.Prior;
            for (var vote = 0; vote < 3; vote++)
            {
                share[vote] = (share[vote] + habit.Prior * prior[vote] / (1 - prior[3])) / sum;
            }
        }
        return shares;
    }

    // Of each member the chance that it does not vote.
    private double[] AwayBy(EvidenceWindow past, DecayModel habit)
    {
        var (away, named) = (new double[_members.Count], new double[_members.Count]);
        foreach (var (text, weight) in past.AttendanceWeights(habit))
        {
            var votes = _votes[text];
            for (var m = 0; m < votes.Length; m++)
            {
                away[m] += votes[m] == (byte)Vote.NonVoting ? weight : 0;
                named[m] += votes[m] != NotNamed ? weight : 0;
            }
        }
        for (var m = 0; m < away.Length; m++)
        {
            away[m] = (away[m] + habit.Prior * past.Prior[4 * m + 3]) / (named[m] + habit.Prior);
        }
        return away;
    }

    private EvidenceWindow Predict(int end, string session, HashSet<string> words, DateOnly day)
    {
        var same = new List<int>();
        var other = new List<int>();
        for (var j = end - 1; j >= 0 && (same.Count < SameSession || other.Count < Elsewhere); j--)
        {
            var (texts, room) = _texts[j].Session == session ? (same, SameSession) : (other, Elsewhere);
            if (texts.Count < room)
            {
                texts.Add(j);
            }
        }
        var alike = Enumerable
            .Range(0, end)
            .Where(j => _texts[j].Session != session)
            .Select(j => (Text: j, Alike: TitleSimilarity.Compute(words, _words[j])))
            .Where(j => j.Alike >= Alike)
            .OrderByDescending(j => j.Alike)
            .ThenByDescending(j => j.Text)
            .Take(MostAlike)
            .ToList();
        var (everybody, prior) = Everybody(same, other);
        return new EvidenceWindow
        {
            End = end,
            Session = session,
            Same = [.. same.Select(j => new PastVote(j, DaysTo(j), 1))],
            Other = [.. other.Select(j => new PastVote(j, DaysTo(j), 1))],
            Alike = [.. alike.Select(j => new PastVote(j.Text, DaysTo(j.Text), j.Alike))],
            Everybody = everybody,
            Prior = prior,
        };

        // A text of the record may have been voted on later than the day that is asked about.
        int DaysTo(int j) => Math.Max(0, day.DayNumber - _texts[j].Day.DayNumber);
    }

    // What everybody did lately: of each member half of it its own regional group's. Never nothing.
    private (double[] Everybody, double[] Prior) Everybody(List<int> same, List<int> other)
    {
        const double decay = 0.8;
        const double elsewhere = 0.3;
        const double few = 0.02;
        const double assembly = 190;
        var all = new double[] { few, few, few, few };
        var regions = new double[4 * _regionCount];
        Count(same, 1);
        Count(other, elsewhere);
        var sum = all.Sum();
        for (var vote = 0; vote < 4; vote++)
        {
            all[vote] /= sum;
        }
        for (var r = 0; r < _regionCount; r++)
        {
            var region = regions.AsSpan(4 * r, 4);
            var whole = region[0] + region[1] + region[2] + region[3] + few;
            for (var vote = 0; vote < 4; vote++)
            {
                region[vote] = (region[vote] + few * all[vote]) / whole;
            }
        }
        var prior = new double[4 * _members.Count];
        for (var i = 0; i < prior.Length; i++)
        {
            prior[i] = (all[i % 4] + regions[4 * _regions[i / 4] + i % 4]) / 2;
        }
        return (all, prior);

        void Count(List<int> texts, double weight)
        {
            foreach (var votes in texts.Select(text => _votes[text]))
            {
                for (var m = 0; m < votes.Length; m++)
                {
                    if (votes[m] != NotNamed)
                    {
                        all[votes[m]] += weight / assembly;
                        regions[4 * _regions[m] + votes[m]] += weight / assembly;
                    }
                }
                weight *= decay;
            }
        }
    }

    private byte[] VotesOf(string names)
    {
        var votes = new byte[_members.Count];
        Array.Fill(votes, NotNamed);
        for (var at = 0; at < names.Length; at += PackedNames.Width)
        {
            votes[_members[names.Substring(at, 3)]] = (byte)PackedNames.VoteOf(names[at + 3]);
        }
        return votes;
    }

    private static bool IsEmergency(string session) => session.StartsWith("es-", StringComparison.Ordinal);

    private sealed record Losses(double[] Votes, double[] Attendance);
}
