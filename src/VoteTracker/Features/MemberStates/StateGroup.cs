using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.MemberStates;

/// <summary>A regional group or a bloc, and its members.</summary>
public sealed record StateGroup
{
    /// <summary>Its key, `african-states` or `nam`, for `?group=` and `?by=`.</summary>
    public required string Key { get; init; }

    /// <summary>The name, in the language of the response.</summary>
    public GroupName Name => new(Key);

    /// <summary>`regional-group`: one of the five that partition the members; `bloc`: one that overlaps with others.</summary>
    public required GroupScheme Scheme { get; init; }

    /// <summary>The codes of its members on that day, in their order. An observer can be in a bloc.</summary>
    public required IReadOnlyList<string> MemberStates { get; init; }

    /// <summary>The day for which the members are listed, in New York.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Lists the groups with their members on a day: the regional groups first, then the blocs.</summary>
    internal static IEnumerable<StateGroup> List(ReferenceData referenceData, DateOnly day)
    {
        var members = referenceData
            .Roster.Seats.Where(seat => seat.Kind == SeatKind.Observer || seat.IsMemberOn(day))
            .SelectMany(seat => referenceData.Groups.ListFor(seat.Iso3, day), (seat, key) => (key, seat.Iso3))
            .ToLookup(pair => pair.key, pair => pair.Iso3, StringComparer.Ordinal);
        return referenceData.Groups.All.Select(group => new StateGroup
        {
            Key = group.Key,
            Scheme = group.Scheme,
            MemberStates = [.. members[group.Key]],
            On = day,
        });
    }
}
