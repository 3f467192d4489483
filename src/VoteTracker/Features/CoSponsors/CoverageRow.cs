using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.CoSponsors;

/// <summary>Numbers of co-sponsors by their status.</summary>
public sealed record CoSponsorCounts
{
    /// <summary>States that have signed.</summary>
    public required int Signed { get; init; }

    /// <summary>States that have agreed and have not signed.</summary>
    public required int Committed { get; init; }

    /// <summary>States that were asked.</summary>
    public required int Approached { get; init; }

    /// <summary>States that the campaign wants.</summary>
    public required int Wanted { get; init; }

    /// <summary>States that have withdrawn.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>States that have signed as main sponsors.</summary>
    public required int Main { get; init; }

    internal static CoSponsorCounts Count(IEnumerable<CoSponsor> coSponsors)
    {
        var all = coSponsors.ToList();
        int Of(CoSponsorStatus status) => all.Count(c => c.Status == status);
        return new CoSponsorCounts
        {
            Signed = Of(CoSponsorStatus.Signed),
            Committed = Of(CoSponsorStatus.Committed),
            Approached = Of(CoSponsorStatus.Approached),
            Wanted = Of(CoSponsorStatus.Wanted),
            Withdrawn = Of(CoSponsorStatus.Withdrawn),
            Main = all.Count(c => c is { Status: CoSponsorStatus.Signed, Role: CoSponsorRole.Main }),
        };
    }
}

/// <summary>The co-sponsors of one group.</summary>
public sealed record CoverageRow
{
    /// <summary>The key of the regional group or bloc; `none` for observers.</summary>
    public required string Group { get; init; }

    /// <summary>The name of the group, in the language of the response.</summary>
    public GroupName Name => new(Group);

    /// <summary>Regional group or bloc.</summary>
    public required GroupScheme Scheme { get; init; }

    /// <summary>Its members on the day of the vote.</summary>
    public required int Members { get; init; }

    /// <summary>Its states that have signed.</summary>
    public required int Signed { get; init; }

    /// <summary>Its states that have agreed and have not signed.</summary>
    public required int Committed { get; init; }

    /// <summary>Its states that were asked.</summary>
    public required int Approached { get; init; }

    /// <summary>Its states that the campaign wants.</summary>
    public required int Wanted { get; init; }

    /// <summary>Its states that have withdrawn.</summary>
    public required int Withdrawn { get; init; }

    /// <summary>Its states that have signed as main sponsors.</summary>
    public required int Main { get; init; }

    /// <summary>Its states in `toAsk`.</summary>
    public required int ToAsk { get; init; }

    /// <summary>Its states in `toAskAgain`.</summary>
    public required int ToAskAgain { get; init; }

    /// <summary>Counts the co-sponsors in each group of a scheme.</summary>
    internal static IEnumerable<CoverageRow> List(
        ReferenceData referenceData,
        Standings standings,
        GroupScheme scheme,
        (
            IReadOnlyDictionary<string, CoSponsor> CoSponsors,
            IReadOnlyList<StateToAsk> ToAsk,
            IReadOnlyList<StateToAskAgain> ToAskAgain
        ) states
    )
    {
        var grouping = referenceData.Groups.CreateGrouping(EnumWord<GroupScheme>.ToWord(scheme))!;
        var members = ByRow(standings.Members, member => member);
        var coSponsors = ByRow(states.CoSponsors.Values, coSponsor => coSponsor.MemberState);
        var toAsk = ByRow(states.ToAsk, state => state.MemberState);
        var toAskAgain = ByRow(states.ToAskAgain, state => state.MemberState);
        foreach (var key in grouping.HasNone ? grouping.Keys.Append(Groups.None) : grouping.Keys)
        {
            var counts = CoSponsorCounts.Count(coSponsors[key]);
            yield return new CoverageRow
            {
                Group = key,
                Scheme = scheme,
                Members = members[key].Count(),
                Signed = counts.Signed,
                Committed = counts.Committed,
                Approached = counts.Approached,
                Wanted = counts.Wanted,
                Withdrawn = counts.Withdrawn,
                Main = counts.Main,
                ToAsk = toAsk[key].Count(),
                ToAskAgain = toAskAgain[key].Count(),
            };
        }

        ILookup<string, T> ByRow<T>(IEnumerable<T> items, Func<T, string> iso3) =>
            items
                .SelectMany(item => grouping.ListRows(iso3(item), standings.Day).Select(row => (Row: row, Item: item)))
                .ToLookup(pair => pair.Row, pair => pair.Item, StringComparer.Ordinal);
    }
}
