using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

public sealed class InheritedStancesTests
{
    private static readonly Ballot[] OnParent = [Yes("FRA"), No("NOR"), Unknown("ZAF")];
    private static readonly Ballot[] OnPart = [Unknown("FRA"), Yes("NOR"), Unknown("ZAF"), Unknown("ZMB")];

    [Test]
    public void An_unknown_member_has_its_position_on_the_parent_and_only_that()
    {
        var inherited = InheritedStances.Create(Part(), InheritedStances.None(Parent()));
        inherited.Standings.Ballots.ShouldBe([Yes("FRA"), Yes("NOR"), Unknown("ZAF"), Unknown("ZMB")]);
        inherited.From.ShouldBe([KeyValuePair.Create("FRA", "es-10-l-34")]);
    }

    [Test]
    public void A_position_that_the_parent_inherited_comes_from_there()
    {
        var parent = InheritedStances.Create(Part(), InheritedStances.None(Parent()));
        var part = Part() with { Resolution = "es-10-l-34-op2", Ballots = [Unknown("FRA"), Unknown("NOR")] };
        var inherited = InheritedStances.Create(part, parent);
        inherited.Standings.Ballots.ShouldBe([Yes("FRA"), Yes("NOR")]);
        inherited.From["FRA"].ShouldBe("es-10-l-34");
        inherited.From["NOR"].ShouldBe("es-10-l-34-op1");
    }

    [Test]
    public void After_a_vote_on_either_nothing_is_inherited()
    {
        foreach (
            var (part, parent) in ((Standings, Standings)[])
                [
                    (Part() with { Basis = Basis.RecordedVotes }, Parent()),
                    (Part(), Parent() with { Basis = Basis.RecordedVotes }),
                ]
        )
        {
            var inherited = InheritedStances.Create(part, InheritedStances.None(parent));
            inherited.Standings.ShouldBe(part);
            inherited.From.ShouldBeEmpty();
        }
    }

    private static Standings Parent() => Assemblies.Create(OnParent);

    private static Standings Part() => Assemblies.Create(OnPart) with { Resolution = "es-10-l-34-op1" };

    private static Ballot Yes(string code) => new(code, Position.Yes, Certainty.Confirmed, Eligible: true);

    private static Ballot No(string code) => new(code, Position.No, Certainty.Leaning, Eligible: true);

    private static Ballot Unknown(string code) => new(code, Position.Unknown, Certainty: null, Eligible: true);
}
