using System.Runtime.Intrinsics;

namespace VoteTracker.Voting.Learning;

/// <summary>
/// The votes of each member on all roll calls, whatever their subject, weighted by their age with three half-lives: two
/// years, 0.4 years and eight days. Roll calls are added in their order.
/// </summary>
internal sealed class RecentCounts(RollCallMatrix rollCalls)
{
    /// <summary>The half-lives, in the order of the elements of a vector.</summary>
    public static IReadOnlyList<Decay> HalfLives { get; } = [Decay.OfYears(2), Decay.OfYears(0.4), new Decay(8)];

    private readonly Vector256<double>[] _counts = new Vector256<double>[RollCallMatrix.Votes * rollCalls.MemberCount];
    private int _day;

    /// <summary>The number of roll calls added.</summary>
    public int Count { get; private set; }

    /// <summary>The weights of the votes on a day, for the three half-lives.</summary>
    public static Vector256<double> WeightsAfter(int days) =>
        Vector256.Create(HalfLives[0].After(days), HalfLives[1].After(days), HalfLives[2].After(days), 0);

    /// <summary>Adds the roll calls up to a number.</summary>
    public void AddUntil(int count)
    {
        for (; Count < count; Count++)
        {
            var day = rollCalls.DayOf(Count);
            if (day > _day)
            {
                var decay = WeightsAfter(day - _day);
                for (var slot = 0; slot < _counts.Length; slot++)
                {
                    _counts[slot] *= decay;
                }
                _day = day;
            }
            foreach (var slot in rollCalls.SlotsOf(Count))
            {
                _counts[slot] += Vector256<double>.One;
            }
        }
    }

    /// <summary>The counts as of a day; a new array.</summary>
    public Vector256<double>[] AsOf(int day)
    {
        var decay = WeightsAfter(day - _day);
        return Array.ConvertAll(_counts, count => count * decay);
    }
}
