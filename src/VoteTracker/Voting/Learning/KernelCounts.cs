using System.Runtime.Intrinsics;

namespace VoteTracker.Voting.Learning;

/// <summary>A way to weigh past roll calls by their similarity and age.</summary>
internal enum Kernel
{
    /// <summary>Almost the same title.</summary>
    SameTitle,

    /// <summary>A similar title.</summary>
    SimilarTitle,

    /// <summary>A similar title and a similar agenda item.</summary>
    TitleAndAgenda,

    /// <summary>A similar agenda item.</summary>
    Agenda,

    /// <summary>All roll calls of the last years.</summary>
    Years,

    /// <summary>All roll calls of the last months.</summary>
    Months,

    /// <summary>All roll calls of the last days.</summary>
    Days,

    /// <summary>The newest roll calls of the same agenda item.</summary>
    Newest,

    /// <summary>The newer roll calls of the same agenda item.</summary>
    Newer,

    /// <summary>The neighbours' votes, by similar titles.</summary>
    NeighboursByTitle,

    /// <summary>The neighbours' votes, by similar titles and agenda items.</summary>
    NeighboursByTitleAndAgenda,

    /// <summary>The neighbours' votes in the last years.</summary>
    NeighboursByYears,

    /// <summary>The neighbours' newer votes on the same agenda item.</summary>
    NeighboursByNewer,
}

/// <summary>
/// The weighted numbers of the four votes of each member, for each kernel. The last member stands for one without votes.
/// </summary>
internal sealed class KernelCounts
{
    private const int Outcomes = RollCallMatrix.Votes;
    private const double Negligible = 1e-9;

    // A resolution whose title is more similar is left out of the cold view.
    private const double Known = 0.5;
    private const double SameChain = 0.8;
    private const int ChainLength = 40;
    private const double NewestDecay = 0.6;
    private const double NewerDecay = 0.85;
    private static readonly Decay ThreeYears = Decay.OfYears(3);
    private static readonly Decay FourYears = Decay.OfYears(4);
    private static readonly Decay FiveYears = Decay.OfYears(5);
    private static readonly Decay EightYears = Decay.OfYears(8);

    private readonly double[][] _counts;

    private KernelCounts(double[][] counts, double novelty) => (_counts, Novelty) = (counts, novelty);

    /// <summary>1 − the similarity of the most similar earlier title, which fades with a half-life of eight years.</summary>
    public double Novelty { get; }

    /// <summary>The counts of a kernel: 4 × the index of the member + the vote.</summary>
    public double[] this[Kernel kernel] => _counts[(int)kernel];

    /// <summary>Counts the votes before a resolution.</summary>
    /// <param name="rollCalls">The roll calls.</param>
    /// <param name="similarities">The similarities to the roll calls that are counted.</param>
    /// <param name="recent">The recent votes, as of the day.</param>
    /// <param name="agreements">The agreements, from which the neighbours follow.</param>
    /// <param name="day">The number of the day of the resolution.</param>
    /// <param name="isCold">
    /// The cold view: without resolutions that have almost the same title, as if the subject were new.
    /// </param>
    public static KernelCounts Create(
        RollCallMatrix rollCalls,
        Similarities similarities,
        Vector256<double>[] recent,
        Agreements agreements,
        int day,
        bool isCold
    )
    {
        var slots = Outcomes * rollCalls.MemberCount;
        var similar = new Vector256<double>[slots];
        var known = isCold ? [.. recent] : recent;
        var most = 0d;
        for (var i = 0; i < similarities.Count; i++)
        {
            var (title, agenda) = (similarities.Titles[i], similarities.Agendas[i]);
            var days = day - rollCalls.DayOf(i);
            if (isCold && title > Known)
            {
                Add(known, rollCalls.SlotsOf(i), -RecentCounts.WeightsAfter(days));
                continue;
            }
            if (title <= 0 && agenda <= 0)
            {
                continue;
            }
            most = Math.Max(most, title * EightYears.After(days));
            var weights = Weigh(title, agenda, days);
            if (Vector256.GreaterThanAny(weights, Vector256.Create(Negligible)))
            {
                Add(similar, rollCalls.SlotsOf(i), weights);
            }
        }
        var counts = new double[Enum.GetValues<Kernel>().Length][];
        for (var kernel = 0; kernel < counts.Length; kernel++)
        {
            counts[kernel] = new double[slots + Outcomes];
        }
        for (var slot = 0; slot < slots; slot++)
        {
            for (var k = 0; k < 4; k++)
            {
                counts[(int)Kernel.SameTitle + k][slot] = similar[slot][k];
            }
            for (var k = 0; k < 3; k++)
            {
                // The cold view subtracts, and rounding can leave less than nothing.
                counts[(int)Kernel.Years + k][slot] = Math.Max(0, known[slot][k]);
            }
        }
        AddChain(counts, rollCalls, similarities, day, isCold);
        AddNeighbours(counts, agreements);
        return new KernelCounts(counts, 1 - most);
    }

    /// <summary>What the other votes count in the share of a member's own, in the order of <see cref="OwnWeights"/>.</summary>
    public static IReadOnlyList<double> SmoothingOfOwn { get; } = [0.15, 0.3, 0.2];

    /// <summary>The weights of the roll calls: by the same title, by a similar title, by title and agenda item.</summary>
    public static IEnumerable<(int RollCall, double[] Weights)> OwnWeights(
        RollCallMatrix rollCalls,
        Similarities similarities,
        int day
    )
    {
        for (var i = 0; i < similarities.Count; i++)
        {
            if (similarities.Titles[i] > 0 || similarities.Agendas[i] > 0)
            {
                var weights = Weigh(similarities.Titles[i], similarities.Agendas[i], day - rollCalls.DayOf(i));
                yield return (i, [weights[0], weights[1], weights[2]]);
            }
        }
    }

    private static Vector256<double> Weigh(double title, double agenda, int days)
    {
        var t2 = title * title;
        var both = (title + agenda) / 2;
        return Vector256.Create(
            t2 * t2 * t2 * t2 * FiveYears.After(days),
            t2 * title * ThreeYears.After(days),
            both * both * both * both * FourYears.After(days),
            agenda * agenda * agenda * ThreeYears.After(days)
        );
    }

    private static void Add(Vector256<double>[] counts, ushort[] slots, Vector256<double> weights)
    {
        foreach (var slot in slots)
        {
            counts[slot] += weights;
        }
    }

    // The newest roll calls of the same agenda item or emergency special session, each with less weight than the next one.
    private static void AddChain(
        double[][] counts,
        RollCallMatrix rollCalls,
        Similarities similarities,
        int day,
        bool isCold
    )
    {
        var (newest, newer) = (counts[(int)Kernel.Newest], counts[(int)Kernel.Newer]);
        var (first, second) = (1d, 1d);
        for (var (i, length) = (similarities.Count - 1, 0); i >= 0 && length < ChainLength; i--)
        {
            var title = similarities.Titles[i];
            if (similarities.Agendas[i] <= SameChain || (isCold && title > Known))
            {
                continue;
            }
            var weight = EightYears.After(day - rollCalls.DayOf(i)) * (0.25 + 0.75 * title);
            foreach (var slot in rollCalls.SlotsOf(i))
            {
                newest[slot] += weight * first;
                newer[slot] += weight * second;
            }
            (first, second) = (first * NewestDecay, second * NewerDecay);
            length++;
        }
    }

    private static void AddNeighbours(double[][] counts, Agreements agreements)
    {
        var members = agreements.Members;
        var own = new Vector256<double>[Outcomes * members];
        var (title, agenda) = (counts[(int)Kernel.SimilarTitle], counts[(int)Kernel.TitleAndAgenda]);
        var (years, newer) = (counts[(int)Kernel.Years], counts[(int)Kernel.Newer]);
        for (var slot = 0; slot < own.Length; slot++)
        {
            own[slot] = Vector256.Create(title[slot], agenda[slot], years[slot], newer[slot]);
        }
        var shares = agreements.NeighbourShares;
        for (var member = 0; member <= members; member++)
        {
            var row = shares.AsSpan(members * member, members);
            var (yes, no) = (Vector256<double>.Zero, Vector256<double>.Zero);
            var (abstain, away) = (Vector256<double>.Zero, Vector256<double>.Zero);
            for (var other = 0; other < row.Length; other++)
            {
                if (row[other] is var share and > 0)
                {
                    var at = Outcomes * other;
                    yes += share * own[at];
                    no += share * own[at + 1];
                    abstain += share * own[at + 2];
                    away += share * own[at + 3];
                }
            }
            for (var k = 0; k < 4; k++)
            {
                var neighbours = counts[(int)Kernel.NeighboursByTitle + k].AsSpan(Outcomes * member, Outcomes);
                (neighbours[0], neighbours[1], neighbours[2], neighbours[3]) = (yes[k], no[k], abstain[k], away[k]);
            }
        }
    }
}
