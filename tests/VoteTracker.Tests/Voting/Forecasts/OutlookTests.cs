using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Forecasts;

public sealed class OutlookTests
{
    private const MajorityRule TwoThirds = MajorityRule.TwoThirds;
    private const MajorityRule Simple = MajorityRule.SimpleMajority;

    [TestCase(TwoThirds, 120, 14, 8, Outlook.Secured)]
    [TestCase(TwoThirds, 120, 14, 46, Outlook.Secured)]
    [TestCase(TwoThirds, 120, 14, 47, Outlook.Open)]
    [TestCase(TwoThirds, 100, 60, 20, Outlook.Open)]
    [TestCase(TwoThirds, 100, 60, 19, Outlook.Lost)]
    [TestCase(TwoThirds, 2, 1, 0, Outlook.Secured)]
    [TestCase(TwoThirds, 0, 0, 0, Outlook.Lost)]
    [TestCase(TwoThirds, 0, 0, 1, Outlook.Open)]
    [TestCase(TwoThirds, 0, 0, 193, Outlook.Open)]
    [TestCase(TwoThirds, 1, 0, 1, Outlook.Open)]
    [TestCase(Simple, 120, 14, 105, Outlook.Secured)]
    [TestCase(Simple, 120, 14, 106, Outlook.Open)]
    [TestCase(Simple, 60, 80, 21, Outlook.Open)]
    [TestCase(Simple, 60, 80, 20, Outlook.Lost)]
    [TestCase(Simple, 0, 0, 0, Outlook.Lost)]
    [TestCase(Simple, 0, 0, 1, Outlook.Open)]
    public void The_outlook_depends_on_the_open_members(
        MajorityRule rule,
        int yes,
        int no,
        int open,
        Outlook outlook
    ) => rule.Outlook(yes, no, open).ShouldBe(outlook);

    [Test]
    public void The_outlook_holds_for_every_choice_of_the_open_members()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            foreach (var (yes, no) in ByTheBook.Votes(upTo: 12))
            {
                for (var open = 0; open <= 8; open++)
                {
                    var ends =
                        from moreYes in Enumerable.Range(0, open + 1)
                        from moreNo in Enumerable.Range(0, open - moreYes + 1)
                        select ByTheBook.Reached(rule, yes + moreYes, no + moreNo);
                    rule.Outlook(yes, no, open).ShouldBe(OutlookOf(ends), $"{rule} {yes}-{no}, {open} open");
                }
            }
        }
    }

    [Test]
    public void A_tally_predicts_the_result_of_every_vote_of_its_undecided_and_unknown_members()
    {
        foreach (var rule in ByTheBook.Rules)
        {
            Assemblies.ForAll(
                Assemblies.Small,
                ballots =>
                {
                    var ends = Fillings(ballots)
                        .Select(b => ByTheBook.Reached(rule, Count(b, Position.Yes), Count(b, Position.No)));
                    Tally.FromStandings(Assemblies.Create(ballots, rule)).Outlook.ShouldBe(OutlookOf(ends));
                }
            );
        }
    }

    private static IEnumerable<Ballot[]> Fillings(Ballot[] ballots)
    {
        var open = Array.FindIndex(
            ballots,
            b => b is { Eligible: true, Position: Position.Undecided or Position.Unknown }
        );
        if (open < 0)
        {
            return [ballots];
        }
        Position[] choices = [Position.Yes, Position.No, Position.Abstain, Position.Absent];
        return choices.SelectMany(choice =>
            Fillings([.. ballots[..open], ballots[open] with { Position = choice }, .. ballots[(open + 1)..]])
        );
    }

    private static int Count(Ballot[] ballots, Position position) =>
        ballots.Count(b => b.Eligible && b.Position == position);

    private static Outlook OutlookOf(IEnumerable<bool> ends) =>
        ends.Distinct().ToArray() switch
        {
            [true] => Outlook.Secured,
            [false] => Outlook.Lost,
            _ => Outlook.Open,
        };
}
