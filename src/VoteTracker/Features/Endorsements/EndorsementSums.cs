using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Endorsements;

/// <summary>The number of endorsements, by member state, regional group and kind.</summary>
public sealed record EndorsementSums
{
    /// <summary>The number of endorsements that the caller may see.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them are public.</summary>
    public required int Public { get; init; }

    /// <summary>How many belong to no member or observer, such as those of international organisations.</summary>
    public required int WithoutState { get; init; }

    /// <summary>The states with an endorsement, the largest number first, then by code.</summary>
    public required IReadOnlyList<EndorsementsOfState> States { get; init; }

    /// <summary>The regional groups with an endorsement, the largest number first. Observers belong to none.</summary>
    public required IReadOnlyList<EndorsementsOfRegion> Regions { get; init; }

    /// <summary>The kinds with an endorsement, the largest number first. Organisations without a kind are last.</summary>
    public required IReadOnlyList<EndorsementsOfKind> Kinds { get; init; }

    /// <summary>The sums of counts by state and kind.</summary>
    /// <param name="counts">The counts.</param>
    /// <param name="regionOf">The regional group of a state; null if it belongs to none.</param>
    internal static EndorsementSums FromCounts(IReadOnlyList<EndorsementCount> counts, Func<string, string?> regionOf)
    {
        List<EndorsementsOfState> states =
        [
            .. counts
                .Where(count => count.MemberState is not null)
                .GroupBy(count => count.MemberState!, StringComparer.Ordinal)
                .Select(state => new EndorsementsOfState
                {
                    MemberState = state.Key,
                    RegionalGroup = regionOf(state.Key),
                    Count = state.Sum(count => count.Total),
                })
                .OrderByDescending(state => state.Count)
                .ThenBy(state => state.MemberState, StringComparer.Ordinal),
        ];
        return new EndorsementSums
        {
            Total = counts.Sum(count => count.Total),
            Public = counts.Sum(count => count.Published),
            WithoutState = counts.Where(count => count.MemberState is null).Sum(count => count.Total),
            States = states,
            Regions =
            [
                .. states
                    .Where(state => state.RegionalGroup is not null)
                    .GroupBy(state => state.RegionalGroup!, StringComparer.Ordinal)
                    .Select(region => new EndorsementsOfRegion
                    {
                        RegionalGroup = region.Key,
                        Count = region.Sum(state => state.Count),
                        States = region.Count(),
                    })
                    .OrderByDescending(region => region.Count)
                    .ThenBy(region => region.RegionalGroup, StringComparer.Ordinal),
            ],
            Kinds =
            [
                .. counts
                    .GroupBy(count => EnumWord<OrganisationKind>.ParseOrNull(count.Kind))
                    .Select(kind => new EndorsementsOfKind { Kind = kind.Key, Count = kind.Sum(count => count.Total) })
                    .OrderBy(kind => kind.Kind is null)
                    .ThenByDescending(kind => kind.Count)
                    .ThenBy(kind => kind.Kind),
            ],
        };
    }
}

/// <summary>The endorsements of organisations of one state.</summary>
public sealed record EndorsementsOfState
{
    /// <summary>The code of the member or observer.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The key of its regional group; null for an observer.</summary>
    public required string? RegionalGroup { get; init; }

    /// <summary>The number of endorsements.</summary>
    public required int Count { get; init; }
}

/// <summary>The endorsements of organisations of one regional group.</summary>
public sealed record EndorsementsOfRegion
{
    /// <summary>The key of the group.</summary>
    public required string RegionalGroup { get; init; }

    /// <summary>The number of endorsements.</summary>
    public required int Count { get; init; }

    /// <summary>The number of its states that have one.</summary>
    public required int States { get; init; }
}

/// <summary>The endorsements of organisations of one kind.</summary>
public sealed record EndorsementsOfKind
{
    /// <summary>The kind; null for organisations without one.</summary>
    public required OrganisationKind? Kind { get; init; }

    /// <summary>The number of endorsements.</summary>
    public required int Count { get; init; }
}
