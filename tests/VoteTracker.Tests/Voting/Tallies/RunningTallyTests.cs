using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>The count while a vote takes place, compared with every way in which the remaining members can vote.</summary>
public sealed class RunningTallyTests
{
    [Test]
    public void What_is_missing_is_what_a_search_of_all_ways_finds([Values] MajorityRule rule)
    {
        for (var yes = 0; yes <= 9; yes++)
        {
            for (var no = 0; no <= 6; no++)
            {
                for (var remaining = 0; remaining <= 7; remaining++)
                {
                    Check(rule, yes, no, remaining);
                }
            }
        }
    }

    [Test]
    public void A_real_board_is_counted_half_way()
    {
        // Half of A/RES/ES-10/27: 74 yes, 6 no, 10 abstentions, 6 non-voting; 97 remain.
        Vote[] votes =
        [
            .. Enumerable.Repeat(Vote.Yes, 74),
            .. Enumerable.Repeat(Vote.No, 6),
            .. Enumerable.Repeat(Vote.Abstain, 10),
            .. Enumerable.Repeat(Vote.NonVoting, 6),
        ];
        var tally = RunningTally.Count(MajorityRule.TwoThirds, votes, 97);
        (tally.Entered, tally.Remaining, tally.Margin, tally.Reached, tally.Outlook).ShouldBe(
            (96, 97, 62, true, Outlook.Open)
        );
        (tally.Yes, tally.No, tally.Abstain, tally.NonVoting).ShouldBe((74, 6, 10, 6));
        // 74 + x >= 2 (6 + 97 - x)
        (tally.YesMissing, tally.YesToSecure).ShouldBe((0, 44));
    }

    private static void Check(MajorityRule rule, int yes, int no, int remaining)
    {
        Vote[] votes = [.. Enumerable.Repeat(Vote.Yes, yes), .. Enumerable.Repeat(Vote.No, no), Vote.Abstain];
        var tally = RunningTally.Count(rule, votes, remaining);
        var where = $"{rule} {yes}-{no}, {remaining} remain";
        var all = (
            from more in Enumerable.Range(0, remaining + 1)
            from against in Enumerable.Range(0, remaining - more + 1)
            select (more, against, reached: rule.Reached(yes + more, no + against))
        ).ToList();
        tally.YesMissing.ShouldBe(
            all.Where(way => way is { against: 0, reached: true }).Select(way => (int?)way.more).Min(),
            where
        );
        tally.YesToSecure.ShouldBe(
            all.Where(way => way.more + way.against == remaining && way.reached == true)
                .Select(way => (int?)way.more)
                .Min(),
            where
        );
        tally.Outlook.ShouldBe(
            rule == MajorityRule.NotRecorded ? null
                : all.TrueForAll(way => way.reached == true) ? Outlook.Secured
                : all.TrueForAll(way => way.reached == false) ? Outlook.Lost
                : Outlook.Open,
            where
        );
    }
}
