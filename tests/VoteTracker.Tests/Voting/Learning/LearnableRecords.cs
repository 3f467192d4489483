using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Learning;

/// <summary>Records of votes with a pattern: three blocs vote by subject, and some members are often away.</summary>
internal static class LearnableRecords
{
    public const int Members = 12;

    /// <summary>The titles of four subjects, which come back every year.</summary>
    public static readonly IReadOnlyList<string> Titles =
    [
        "Measures against the trade in lighthouses",
        "Conservation of herring in northern harbours",
        "Situation of the keepers of bridges",
        "Programme budget of the secretariat of canals",
    ];

    private static readonly DateOnly Begin = new(2015, 10, 1);

    // By subject and bloc.
    private static readonly Vote[][] Usual =
    [
        [Vote.Yes, Vote.No, Vote.Abstain],
        [Vote.Yes, Vote.Yes, Vote.No],
        [Vote.No, Vote.Yes, Vote.Yes],
        [Vote.Abstain, Vote.Yes, Vote.No],
    ];

    /// <summary>A record of regular sessions, and of an emergency special session with every tenth vote.</summary>
    /// <param name="count">The number of roll calls. There are forty in a year, two on each day.</param>
    /// <param name="seed">The seed of what members do now and then.</param>
    public static PastResolution[] Create(int count, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i =>
                {
                    var year = i / 40;
                    var isEmergency = i % 10 == 9;
                    var session = isEmergency ? "es-1" : $"{70 + year}";
                    return PastResolutions.Create(
                        $"{session}-{i + 1}",
                        session,
                        isEmergency ? "Protection of ferries" : Titles[i % 4],
                        Begin.AddYears(year).AddDays(i % 40 / 2 * 3),
                        [.. Enumerable.Range(0, Members).Select(member => (Vote?)VoteOf(i % 4, member, random))]
                    );
                }),
        ];
    }

    /// <summary>The bloc of a member.</summary>
    public static int BlocOf(int member) => member / 4;

    /// <summary>How a bloc usually votes on a subject.</summary>
    public static Vote UsualVote(int subject, int bloc) => Usual[subject][bloc];

    private static Vote VoteOf(int subject, int member, Random random)
    {
        var (away, other) = (random.NextDouble(), random.NextDouble());
        return away < (member % 4 == 3 ? 0.5 : 0.05) ? Vote.NonVoting
            : other < 0.1 ? Vote.Abstain
            : UsualVote(subject, BlocOf(member));
    }
}
