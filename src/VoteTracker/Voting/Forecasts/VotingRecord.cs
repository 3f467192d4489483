using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Voting.Forecasts;

/// <summary>
/// The past roll calls, and the predictions from them: the chances of each member to vote at all, and its vote if it does.
/// <see cref="ModelAverage"/> combines several models. A prediction uses only earlier resolutions, so the prediction of a
/// past resolution is the same as it would have been then.
/// </summary>
public sealed class VotingRecord
{
    /// <summary>Marks a member that a roll call does not name.</summary>
    internal const byte NotNamed = byte.MaxValue;

    private const int MaxSame = 100;
    private const int MaxOther = 60;
    private const int MaxSimilar = 50;
    private const double MinSimilarity = 0.25;

    private readonly PastResolution[] _resolutions;
    private readonly byte[][] _votes;
    private readonly TitleSimilarity _titles;
    private readonly Dictionary<string, int> _members = new(StringComparer.Ordinal);
    private readonly int[] _regions;
    private readonly int _regionCount;
    private readonly ModelAverage _models;

    /// <summary>A record of resolutions in any order; the function returns a member's regional group, or null.</summary>
    public VotingRecord(IEnumerable<PastResolution> resolutions, Func<string, string?> regionOf)
    {
        _resolutions = [.. resolutions.Order(PastResolution.InOrder)];
        foreach (var names in _resolutions.Select(resolution => resolution.Names))
        {
            for (var at = 0; at < names.Length; at += PackedNames.Width)
            {
                _members.TryAdd(names.Substring(at, 3), _members.Count);
            }
        }
        _votes = [.. _resolutions.Select(resolution => Unpack(resolution.Names))];
        _titles = new TitleSimilarity(_resolutions.Select(resolution => resolution.Title));
        var regions = new Dictionary<string, int>(StringComparer.Ordinal);
        _regions = new int[_members.Count];
        foreach (var (member, index) in _members)
        {
            var region = regionOf(member) ?? "";
            regions.TryAdd(region, regions.Count);
            _regions[index] = regions[region];
        }
        _regionCount = regions.Count;
        _models = new ModelAverage(this);
    }

    /// <summary>The resolutions, in the order of their votes.</summary>
    public IReadOnlyList<PastResolution> Resolutions => _resolutions;

    /// <summary>The number of members that any roll call names.</summary>
    internal int MemberCount => _members.Count;

    /// <summary>Predicts a resolution of the record from those voted before it.</summary>
    public RecordPrediction Before(int resolution) => PredictFromFirst(resolution, resolution);

    /// <summary>Predicts a resolution of the record from the first resolutions only.</summary>
    internal RecordPrediction PredictFromFirst(int count, int resolution) =>
        _models.Predict(WindowBefore(resolution, count));

    /// <summary>Predicts a resolution that has been voted on, of the record or not, from those voted before it.</summary>
    public RecordPrediction Before(PastResolution resolution)
    {
        var end = Array.FindIndex(_resolutions, other => PastResolution.InOrder.Compare(other, resolution) >= 0);
        return _models.Predict(
            CreateWindow(end < 0 ? _resolutions.Length : end, resolution.Session, resolution.Title, resolution.Day)
        );
    }

    /// <summary>Predicts a resolution that has not been voted on.</summary>
    public RecordPrediction Next(string session, string title, DateOnly day) =>
        _models.Predict(CreateWindow(_resolutions.Length, session, title, day));

    internal int? IndexOf(string memberState) => _members.TryGetValue(memberState, out var m) ? m : null;

    internal Vote? VoteOf(string memberState, int resolution) =>
        IndexOf(memberState) is { } m && _votes[resolution][m] is not NotNamed and var vote ? (Vote)vote : null;

    /// <summary>The votes on a resolution by member index, or <see cref="NotNamed"/>.</summary>
    internal byte[] VotesOn(int resolution) => _votes[resolution];

    /// <summary>The window for a resolution of the record, from the first resolutions.</summary>
    internal EvidenceWindow WindowBefore(int resolution, int count) =>
        CreateWindow(
            count,
            _resolutions[resolution].Session,
            _resolutions[resolution].Title,
            _resolutions[resolution].Day
        );

    private EvidenceWindow CreateWindow(int end, string session, string title, DateOnly day)
    {
        var same = new List<int>();
        var other = new List<int>();
        for (var j = end - 1; j >= 0 && (same.Count < MaxSame || other.Count < MaxOther); j--)
        {
            var (list, max) = _resolutions[j].Session == session ? (same, MaxSame) : (other, MaxOther);
            if (list.Count < max)
            {
                list.Add(j);
            }
        }
        var similarities = _titles.Compare(title, end);
        var similar = Enumerable
            .Range(0, end)
            .Where(j => _resolutions[j].Session != session)
            .Select(j => (Index: j, Similarity: similarities[j]))
            .Where(j => j.Similarity >= MinSimilarity)
            .OrderByDescending(j => j.Similarity)
            .ThenByDescending(j => j.Index)
            .Take(MaxSimilar)
            .ToList();
        var (all, prior) = CreatePrior(same, other);
        return new EvidenceWindow
        {
            End = end,
            Session = session,
            HasTitle = TitleSimilarity.HasWords(title),
            Same = [.. same.Select(j => new PastVote(j, DaysTo(j), 1))],
            Other = [.. other.Select(j => new PastVote(j, DaysTo(j), 1))],
            Similar = [.. similar.Select(j => new PastVote(j.Index, DaysTo(j.Index), j.Similarity))],
            AllMembers = all,
            Prior = prior,
        };

        // A resolution of the record can have a later day than the forecast.
        int DaysTo(int j) => Math.Max(0, day.DayNumber - _resolutions[j].Day.DayNumber);
    }

    // The recent votes of all members, and for each member half of these and half of its regional group's. Never zero.
    private (double[] AllMembers, double[] Prior) CreatePrior(List<int> same, List<int> other)
    {
        const double decay = 0.8;
        const double otherSession = 0.3;
        const double minimum = 0.02;
        const double assembly = 190;
        var all = new double[] { minimum, minimum, minimum, minimum };
        var regions = new double[4 * _regionCount];
        Count(same, 1);
        Count(other, otherSession);
        var sum = all.Sum();
        for (var vote = 0; vote < 4; vote++)
        {
            all[vote] /= sum;
        }
        for (var r = 0; r < _regionCount; r++)
        {
            var region = regions.AsSpan(4 * r, 4);
            var whole = region[0] + region[1] + region[2] + region[3] + minimum;
            for (var vote = 0; vote < 4; vote++)
            {
                region[vote] = (region[vote] + minimum * all[vote]) / whole;
            }
        }
        var prior = new double[4 * _members.Count];
        for (var i = 0; i < prior.Length; i++)
        {
            prior[i] = (all[i % 4] + regions[4 * _regions[i / 4] + i % 4]) / 2;
        }
        return (all, prior);

        void Count(List<int> resolutions, double weight)
        {
            foreach (var votes in resolutions.Select(VotesOn))
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

    private byte[] Unpack(string names)
    {
        var votes = new byte[_members.Count];
        Array.Fill(votes, NotNamed);
        for (var at = 0; at < names.Length; at += PackedNames.Width)
        {
            votes[_members[names.Substring(at, 3)]] = (byte)PackedNames.VoteOf(names[at + 3]);
        }
        return votes;
    }
}
