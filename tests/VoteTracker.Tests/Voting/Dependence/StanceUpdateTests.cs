using FsCheck.Fluent;
using VoteTracker.Tests.Voting.Forecasts;
using VoteTracker.Voting.Dependence;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.KnownStances;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Dependence;

public sealed class StanceUpdateTests
{
    private static readonly FactorModel Model = Blocs.Model();

    [Test]
    public void A_stance_moves_the_members_of_its_half_and_not_the_others()
    {
        var before = Blocs.Undecided()[0].Chances;
        var one = Update((0, Vote.Yes, 0.97));
        one.Chances[1].Yes.ShouldBeGreaterThan(before.Yes + 0.1);
        one.Chances[8].Yes.ShouldBe(before.Yes, 0.1);
        var three = Update((0, Vote.Yes, 0.97), (2, Vote.Yes, 0.97), (3, Vote.Yes, 0.97));
        three.Chances[1].Yes.ShouldBeGreaterThan(one.Chances[1].Yes);
        three.Stances.ShouldBe(3);
        three.Weight.ShouldBe(3 * 0.97, 1e-12);
        Update((0, Vote.No, 0.97)).Chances[1].No.ShouldBeGreaterThan(before.No + 0.1);
    }

    [Test]
    public void A_stance_with_less_weight_moves_less_and_one_without_weight_nothing()
    {
        var before = Blocs.Undecided()[0].Chances.Yes;
        var firm = Update((0, Vote.Yes, 0.97)).Chances[1].Yes;
        var weak = Update((0, Vote.Yes, 0.3)).Chances[1].Yes;
        weak.ShouldBeGreaterThan(before);
        weak.ShouldBeLessThan(firm);
        Update((0, Vote.Yes, 0)).Chances[1].Yes.ShouldBe(before, 1e-9);
    }

    [Test]
    public void The_stance_of_a_member_that_no_roll_call_names_does_not_count()
    {
        var factors = new RecordFactors(Model, Novelty.New, Kernel: null, IsReady: true);
        MemberWithRecord[] members = [.. Blocs.Undecided().Select(member => With(member, []))];
        var stranger = new MemberWithRecord("ZZZ", members[0].Record, Vote.Yes, 0.97);
        factors.Update([.. members, stranger]).ShouldBeNull();
        members[0] = members[0] with { Position = Vote.Yes, Kept = 0.97 };
        var (with, without) = (factors.Update([.. members, stranger])!, factors.Update(members)!);
        (with.Stances, with.Weight).ShouldBe((1, 0.97));
        with.Chances.Take(members.Length).ShouldBe(without.Chances);
    }

    [Test]
    public void The_chances_add_up_to_1_for_any_record_and_any_stances()
    {
        Assemblies.ForAll(
            ForecastSamples.Any(Blocs.Members),
            chances =>
            {
                var update = StanceUpdate.Create(
                    Model,
                    Novelty.New,
                    kernel: null,
                    [
                        .. chances.Select(
                            (one, i) =>
                                new MemberWithRecord(
                                    Assemblies.Code(i),
                                    one,
                                    i % 3 == 0 ? null : (Vote)(i % 4),
                                    i % 3 == 0 ? 0 : 1
                                )
                        ),
                    ]
                );
                foreach (var one in update.Chances)
                {
                    (one.Yes + one.No + one.Abstain + one.Absent).ShouldBe(1, 1e-12);
                }
                // The mean over the cases stays the mean also for the updated factors.
                var cases = VoteCases.Create(Model, update.Factors, Blocs.With(update.Chances));
                for (var m = 0; m < chances.Length; m++)
                {
                    cases.ChancesOf(m, Vote.Yes).ToArray().Average().ShouldBe(update.Chances[m].Yes, 1e-10);
                }
            }
        );
    }

    private static StanceUpdate Update(params (int Member, Vote Vote, double Kept)[] stances) =>
        StanceUpdate.Create(
            Model,
            Novelty.New,
            kernel: null,
            [.. Blocs.Undecided().Select((member, i) => With(member, [.. stances.Where(stance => stance.Member == i)]))]
        );

    private static MemberWithRecord With(CaseMember member, (int Member, Vote Vote, double Kept)[] stance) =>
        stance.Length == 0
            ? new MemberWithRecord(member.MemberState, member.Chances, null, 0)
            : new MemberWithRecord(member.MemberState, member.Chances, stance[0].Vote, stance[0].Kept);
}
