using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Records;

public sealed class CohesionTests
{
    // Worked out by hand from the formulas.
    [TestCase(0, 0, 0, null, null)]
    [TestCase(0, 0, 5, null, 1.0)]
    [TestCase(5, 0, 0, 1.0, 1.0)]
    [TestCase(0, 5, 0, 1.0, 1.0)]
    [TestCase(4, 4, 0, 0.0, 0.25)]
    [TestCase(4, 4, 4, 0.0, 0.0)]
    [TestCase(3, 1, 0, 0.5, 0.625)]
    [TestCase(40, 0, 6, 1.0, 0.8043)]
    [TestCase(149, 12, 19, 0.8509, 0.7417)]
    [TestCase(1, 2, 0, 0.3333, 0.5)]
    public void The_indices_are_those_of_the_literature(int yes, int no, int abstain, double? rice, double? agreement)
    {
        ((double?)Cohesion.Rice(yes, no)).ShouldBe(rice);
        ((double?)Cohesion.Agreement(yes, no, abstain)).ShouldBe(agreement);
    }

    [Test]
    public void Both_are_between_nothing_and_one_and_take_no_side() =>
        Assemblies.ForAll(
            Arb.From(
                from yes in Gen.Choose(0, 193)
                from no in Gen.Choose(0, 193)
                from abstain in Gen.Choose(0, 193)
                select (yes, no, abstain)
            ),
            v =>
            {
                var (yes, no, abstain) = v;
                var (rice, agreement) = (Cohesion.Rice(yes, no), Cohesion.Agreement(yes, no, abstain));
                (rice ?? 0).ShouldBeInRange(0, 1);
                (agreement ?? 0).ShouldBeInRange(0, 1);
                Cohesion.Rice(no, yes).ShouldBe(rice);
                Cohesion.Agreement(no, yes, abstain).ShouldBe(agreement);
                Cohesion.Agreement(abstain, yes, no).ShouldBe(agreement, "an abstention is a third answer");
                Cohesion.Rice(3 * yes, 3 * no).ShouldBe(rice, "the size of a group is nothing");
                Cohesion.Agreement(3 * yes, 3 * no, 3 * abstain).ShouldBe(agreement);
                (agreement == 1).ShouldBe(((int[])[yes, no, abstain]).Count(n => n > 0) == 1);
                (rice == 1).ShouldBe(yes + no > 0 && (yes == 0 || no == 0));
                (rice == 0).ShouldBe(yes > 0 && yes == no);
            }
        );

    [Test]
    public void The_rows_of_a_partition_add_up_to_everybody() =>
        Assemblies.ForAll(
            Assemblies.RollCalls,
            names =>
            {
                var groups = new Groups(
                    [
                        new Group
                        {
                            Key = "one",
                            Scheme = GroupScheme.RegionalGroup,
                            Name = "One",
                        },
                        new Group
                        {
                            Key = "two",
                            Scheme = GroupScheme.RegionalGroup,
                            Name = "Two",
                        },
                    ],
                    names
                        .Where((_, i) => i % 3 > 0)
                        .Select(n => new Membership(n.MemberState[2] % 2 == 0 ? "one" : "two", n.MemberState, default)),
                    Assemblies.Day
                );
                var rows = Cohesion.By(groups.CreateGrouping("regional-group")!, names, Assemblies.Day);
                var all = Cohesion.FromVotes("all", names);
                rows.Select(r => r.Group).ShouldBe(["one", "two", "none"]);
                rows.Sum(r => r.Members).ShouldBe(all.Members);
                (
                    rows.Sum(r => r.Yes),
                    rows.Sum(r => r.No),
                    rows.Sum(r => r.Abstain),
                    rows.Sum(r => r.NonVoting)
                ).ShouldBe((all.Yes, all.No, all.Abstain, all.NonVoting));
                all.Members.ShouldBe(names.Length);
            }
        );
}
