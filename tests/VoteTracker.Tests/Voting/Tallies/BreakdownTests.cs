using FsCheck.Fluent;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;
using static VoteTracker.Tests.Voting.Tallies.SmallGroups;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>The breakdown of a tally has a row for each group.</summary>
public sealed class BreakdownTests
{
    [Test]
    public void Rows_are_the_groups_in_their_order_and_then_none()
    {
        var breakdown = CountGroup("regional-group");
        breakdown.Rows.Select(row => row.Group).ShouldBe(["north", "east", "south", "west", "none"]);
        breakdown.By.ShouldBe("regional-group");
        breakdown.Resolution.ShouldBe("es-10-l-34");
        breakdown.Version.ShouldBe(812);
        breakdown.GroupsAsOf.ShouldBe(new DateOnly(2026, 11, 1));
    }

    [Test]
    public void A_row_counts_its_own()
    {
        var rows = CountGroup("regional-group").Rows;
        rows[0]
            .ShouldBe(
                new BreakdownRow
                {
                    Group = "north",
                    Members = 4,
                    Eligible = 3,
                    Yes = 2,
                    No = 1,
                    Abstain = 0,
                    Absent = 0,
                    Undecided = 0,
                    Unknown = 0,
                    Ineligible = 1,
                    CoSponsors = 1,
                    PresentAndVoting = 3,
                    YesShare = 0.6667m,
                }
            );
        rows[1].ShouldBe(Empty("east"));
        rows[^1]
            .ShouldBe(
                Empty("none") with
                {
                    Members = 1,
                    Eligible = 1,
                    Yes = 1,
                    CoSponsors = 1,
                    PresentAndVoting = 1,
                    YesShare = 1,
                }
            );
    }

    [Test]
    public void Blocs_overlap_and_have_no_row_for_other_members()
    {
        var rows = CountGroup("bloc").Rows;
        rows.Select(row => (row.Group, row.Members, row.Yes)).ShouldBe([("nam", 2, 2), ("g77", 1, 1)]);
    }

    [Test]
    public void One_bloc_has_a_row_and_the_rest_another()
    {
        var rows = CountGroup("nam").Rows;
        rows.Select(row => (row.Group, row.Members, row.Yes, row.CoSponsors))
            .ShouldBe([("nam", 2, 2, 1), ("none", 3, 1, 1)]);
    }

    [TestCase(0, 0, null)]
    [TestCase(0, 3, 0)]
    [TestCase(1, 2, 0.3333)]
    [TestCase(2, 1, 0.6667)]
    [TestCase(1, 31, 0.0313)]
    [TestCase(3, 0, 1)]
    public void The_yes_share_has_four_decimals_and_is_null_without_votes(int yes, int no, double? share)
    {
        var standings = Assemblies.Create(Assemblies.Ballots(yes, no, abstain: 3));
        var rows = Breakdown.FromStandings(standings, Small().CreateGrouping("regional-group").ShouldNotBeNull()).Rows;
        rows[^1].YesShare.ShouldBe((decimal?)share);
    }

    [Test]
    public void Groups_are_those_of_the_day_of_the_vote()
    {
        var groups = new Groups(
            Small().All,
            [
                new Membership("east", "AAA", new Spell(null, new DateOnly(1990, 10, 2))),
                new Membership("west", "AAA", new Spell(new DateOnly(1990, 10, 3), null)),
            ],
            new DateOnly(2026, 11, 1)
        );
        Where(new DateOnly(1990, 10, 2)).ShouldBe("east");
        Where(new DateOnly(1990, 10, 3)).ShouldBe("west");

        string Where(DateOnly day) =>
            Breakdown
                .FromStandings(
                    Assemblies.Create([Ballot.Recorded("AAA", Vote.Yes)], basis: Basis.RecordedVotes) with
                    {
                        Day = day,
                    },
                    groups.CreateGrouping("regional-group").ShouldNotBeNull()
                )
                .Rows.Single(row => row.Yes == 1)
                .Group;
    }

    [Test]
    public void Without_names_only_members_and_co_sponsors_are_known([Values(Basis.Announced, Basis.None)] Basis basis)
    {
        var standings = Assemblies.Create([], basis: basis) with
        {
            Members = ["AAA", "AAB", "AAE"],
            CoSponsors = ["AAA"],
            Announced = new AnnouncedTotals(2, 0, null, null),
        };
        var rows = Breakdown.FromStandings(standings, Small().CreateGrouping("regional-group").ShouldNotBeNull()).Rows;
        rows.Sum(row => row.Members).ShouldBe(3);
        rows.Sum(row => row.CoSponsors).ShouldBe(1);
        foreach (var (name, ofRow, _) in Columns.Where(c => c.Name is not ("members" or "coSponsors")))
        {
            rows.ShouldAllBe(row => ofRow(row) == null, name);
        }
        rows.ShouldAllBe(row => row.YesShare == null);
    }

    /// <summary>AAA to AAC and the ineligible AAD are in the north, AAE is in no region.</summary>
    private static Breakdown CountGroup(string by)
    {
        Ballot[] ballots =
        [
            new("AAA", Position.Yes, Certainty.Confirmed, Eligible: true),
            new("AAB", Position.Yes, Certainty.Leaning, Eligible: true),
            new("AAC", Position.No, Certainty.Likely, Eligible: true),
            new("AAD", Position.Yes, Certainty.Confirmed, Eligible: false),
            new("AAE", Position.Yes, Certainty.Confirmed, Eligible: true),
        ];
        var groups = Small([
            new Membership("north", "AAA", default),
            new Membership("north", "AAB", default),
            new Membership("north", "AAC", default),
            new Membership("north", "AAD", default),
            new Membership("nam", "AAA", default),
            new Membership("nam", "AAB", default),
            new Membership("g77", "AAA", default),
        ]);
        var standings = Assemblies.Create(ballots) with { CoSponsors = ["AAA", "VAT"] };
        return Breakdown.FromStandings(standings, groups.CreateGrouping(by).ShouldNotBeNull());
    }

    private static BreakdownRow Empty(string group) =>
        new()
        {
            Group = group,
            Members = 0,
            Eligible = 0,
            Yes = 0,
            No = 0,
            Abstain = 0,
            Absent = 0,
            Undecided = 0,
            Unknown = 0,
            Ineligible = 0,
            CoSponsors = 0,
            PresentAndVoting = 0,
            YesShare = null,
        };
}
