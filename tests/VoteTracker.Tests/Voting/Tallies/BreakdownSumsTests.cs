using FsCheck;
using FsCheck.Fluent;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;
using static VoteTracker.Tests.Voting.Tallies.SmallGroups;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>The rows of every breakdown add up to its tally.</summary>
public sealed class BreakdownSumsTests
{
    [Test]
    public void Regional_groups_add_up_to_the_tally_of_stances() =>
        Regional_groups_add_up(Assemblies.Any, ballots => Assemblies.Create(ballots));

    [Test]
    public void Regional_groups_add_up_to_the_tally_of_a_record() =>
        Regional_groups_add_up(
            Assemblies.RollCalls,
            ballots => Assemblies.Create(ballots, basis: Basis.RecordedVotes) with { Members = ["AAA", "ZZZ"] }
        );

    [Test]
    public void A_group_and_none_add_up_to_the_tally() =>
        Assemblies.ForAll(
            Worlds(Assemblies.Any, ballots => Assemblies.Create(ballots)),
            world => Adds_up(world.Standings, world.Groups, "nam")
        );

    private static void Regional_groups_add_up(Arbitrary<Ballot[]> assemblies, Func<Ballot[], Standings> standings) =>
        Assemblies.ForAll(
            Worlds(assemblies, standings),
            world => Adds_up(world.Standings, world.Groups, "regional-group")
        );

    private static void Adds_up(Standings standings, Groups groups, string by)
    {
        var tally = Tally.FromStandings(standings);
        var rows = Breakdown.FromStandings(standings, groups.CreateGrouping(by).ShouldNotBeNull()).Rows;
        foreach (var (name, ofRow, ofTally) in Columns)
        {
            rows.Sum(ofRow).ShouldBe(ofTally(tally), name);
        }
    }

    /// <summary>An assembly in which every state is in one region or none, some since that day, and in any blocs.</summary>
    private static Arbitrary<(Standings Standings, Groups Groups)> Worlds(
        Arbitrary<Ballot[]> assemblies,
        Func<Ballot[], Standings> standings
    ) =>
        Arb.From(
            from ballots in assemblies.Generator
            from regions in Gen.Choose(-1, Regions.Length - 1).ArrayOf(ballots.Length)
            from moved in Gen.Elements(true, false).ArrayOf(ballots.Length)
            from inNam in Gen.Elements(true, false).ArrayOf(ballots.Length)
            from coSponsors in Gen.SubListOf(ballots.Select(b => b.MemberState).Append("PSE").Append("VAT"))
            let memberships = ballots.SelectMany((b, i) => Memberships(b.MemberState, regions[i], moved[i], inNam[i]))
            select (standings(ballots) with { CoSponsors = [.. coSponsors] }, Small(memberships))
        );

    private static IEnumerable<Membership> Memberships(string iso3, int region, bool moved, bool inNam)
    {
        var day = Assemblies.Day;
        if (region >= 0)
        {
            yield return new Membership(Regions[region], iso3, new Spell(moved ? day : null, day));
        }
        if (moved)
        {
            yield return new Membership(Regions[(region + 1) % Regions.Length], iso3, new Spell(null, day.AddDays(-1)));
        }
        if (inNam)
        {
            yield return new Membership("nam", iso3, default);
            yield return new Membership("g77", iso3, default);
        }
    }
}
