using FsCheck.Fluent;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Tests.Voting.Tallies;

/// <summary>Groups of a few members.</summary>
internal static class SmallGroups
{
    public static readonly string[] Regions = ["north", "east", "south", "west"];

    public static readonly (string Name, Func<BreakdownRow, int?> OfRow, Func<Tally, int?> OfTally)[] Columns =
    [
        ("members", row => row.Members, tally => tally.Members),
        ("eligible", row => row.Eligible, tally => tally.Eligible),
        ("yes", row => row.Yes, tally => tally.Yes),
        ("no", row => row.No, tally => tally.No),
        ("abstain", row => row.Abstain, tally => tally.Abstain),
        ("absent", row => row.Absent, tally => tally.Absent),
        ("undecided", row => row.Undecided, tally => tally.Undecided),
        ("unknown", row => row.Unknown, tally => tally.Unknown),
        ("ineligible", row => row.Ineligible, tally => tally.Ineligible),
        ("coSponsors", row => row.CoSponsors, tally => tally.CoSponsors),
        ("presentAndVoting", row => row.PresentAndVoting, tally => tally.PresentAndVoting),
    ];

    public static Groups Small(IEnumerable<Membership>? memberships = null) =>
        new(
            [
                .. Regions.Select(key => Group(key, GroupScheme.RegionalGroup)),
                Group("nam", GroupScheme.Bloc),
                Group("g77", GroupScheme.Bloc),
            ],
            memberships ?? [],
            new DateOnly(2026, 11, 1)
        );

    public static Group Group(string key, GroupScheme scheme) =>
        new()
        {
            Key = key,
            Scheme = scheme,
            Name = key,
        };
}
