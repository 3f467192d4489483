using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

public sealed class TimelineTests
{
    private static readonly Tally First = At(minute: 0, version: 1, Position.Yes);
    private static readonly Tally Same = At(minute: 1, version: 2, Position.Yes);
    private static readonly Tally Other = At(minute: 2, version: 3, Position.No);
    private static readonly Tally Again = At(minute: 3, version: 4, Position.Yes);

    [Test]
    public void A_state_that_differs_in_its_moment_only_is_no_change()
    {
        Timeline.Changes([]).ShouldBeEmpty();
        Timeline.Changes([First, Same, Other, Other, Again]).ShouldBe([First, Other, Again]);
    }

    [Test]
    public void The_last_state_of_each_step_is_taken()
    {
        Timeline.TakeLastOfStep([], StepOf).ShouldBeEmpty();
        Timeline.TakeLastOfStep([First], StepOf).ShouldBe([First]);
        Timeline.TakeLastOfStep([First, Same, Other, Again], StepOf).ShouldBe([Same, Again]);
        Timeline.TakeLastOfStep([First, Other], StepOf).ShouldBe([First, Other]);

        // Steps of two minutes.
        static long StepOf(DateTimeOffset at) => at.Minute / 2;
    }

    private static Tally At(int minute, long version, Position position) =>
        Tally.FromStandings(
            Assemblies.Create([new Ballot("NOR", position, Certainty.Likely, Eligible: true)]) with
            {
                AsOf = new DateTimeOffset(2026, 11, 21, 22, minute, 0, TimeSpan.Zero),
                Version = version,
            }
        );
}
