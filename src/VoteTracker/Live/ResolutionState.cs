using VoteTracker.Voting.Records;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>
/// The state of a resolution at a moment: everything that its standings depend on. It is read from SQL for one moment, or
/// replayed for all moments. Both create standings here, so they cannot differ.
/// </summary>
internal sealed record ResolutionState
{
    public static readonly IReadOnlyDictionary<string, StancePosition> NoStances =
        new Dictionary<string, StancePosition>();

    public required string Resolution { get; init; }

    /// <summary>The version of the last change.</summary>
    public required long Version { get; init; }

    /// <summary>The moment of the last change.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    public required CountedFields Fields { get; init; }

    public required CountedRollCall? RollCall { get; init; }

    /// <summary>The position of each member; empty unless stances are counted.</summary>
    public required IReadOnlyDictionary<string, StancePosition> Stances { get; init; }

    /// <summary>The ineligible members and their periods; empty unless stances are counted.</summary>
    public required IReadOnlyList<(string MemberState, Spell Spell)> Ineligible { get; init; }

    /// <summary>The states that have signed as co-sponsors, in the order of their codes.</summary>
    public required IReadOnlyList<string> CoSponsors { get; init; }

    /// <summary>Whether stances, recorded votes, announced totals or nothing is counted.</summary>
    public Basis Basis => Standings.BasisOf(Fields.Status, RollCall?.HasNames);

    /// <summary>Creates the standings of this state.</summary>
    /// <param name="referenceData">The members and their eligibility.</param>
    /// <param name="now">The moment of the state.</param>
    /// <param name="asOf">The moment that the standings are dated with; null for the moment of the last change.</param>
    public Standings ToStandings(ReferenceData referenceData, DateTimeOffset now, DateTimeOffset? asOf)
    {
        var basis = Basis;
        var day =
            basis == Basis.Stances
                ? Fields.VoteOn ?? NewYork.DayOf(now)
                : RollCall?.RecordedOn ?? Fields.VoteOn ?? NewYork.DayOf(ChangedAt);
        var members = referenceData.Roster.MembersOn(day);
        var boundaries =
            basis == Basis.Stances && Fields.VoteOn is null
                ? referenceData
                    .Roster.Boundaries.Concat(Ineligible.SelectMany(i => DayBoundaries.FromSpell(i.Spell)))
                    .ToList()
                : [];
        var changedOn = NewYork.DayOf(ChangedAt);
        return new Standings
        {
            Resolution = Resolution,
            AsOf = asOf ?? ChangedAt,
            Version = Version,
            Kind = Fields.Kind,
            Rule = Fields.Rule,
            Status = Fields.Status,
            Basis = basis,
            Day = day,
            Members = members,
            Ballots = basis switch
            {
                Basis.Stances => BallotsFromStances(members, day),
                Basis.RecordedVotes => RollCall!.Names,
                _ => [],
            },
            RecordedMembers = RollCall?.Members,
            Announced = RollCall?.Announced,
            Source = RollCall?.Source,
            CoSponsors = CoSponsors,
            Visibility = Fields.Visibility,
            Freshness = new Freshness(
                boundaries.Where(b => b > changedOn && b <= day).Cast<DateOnly?>().Max(),
                boundaries.Where(b => b > day).Cast<DateOnly?>().Min() is { } next
                    ? NewYork.StartOf(next)
                    : DateTimeOffset.MaxValue
            ),
        };
    }

    private Ballot[] BallotsFromStances(IReadOnlyList<string> members, DateOnly day)
    {
        var ineligible = Ineligible
            .Where(i => i.Spell.Contains(day))
            .Select(i => i.MemberState)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. members.Select(member =>
                Stances.TryGetValue(member, out var stance)
                    ? new Ballot(member, stance.Position, stance.Certainty, !ineligible.Contains(member))
                    : new Ballot(member, Position.Unknown, null, !ineligible.Contains(member))
            ),
        ];
    }
}

/// <summary>The fields of a resolution that decide how it is counted and who may see it.</summary>
internal sealed record CountedFields(
    ResolutionKind Kind,
    MajorityRule Rule,
    ResolutionStatus Status,
    DateOnly? VoteOn,
    Visibility Visibility
)
{
    /// <summary>Parses the words of the database.</summary>
    public static CountedFields Parse(string kind, string rule, string status, DateOnly? voteOn, string visibility) =>
        new(
            EnumWord<ResolutionKind>.Parse(kind),
            EnumWord<MajorityRule>.Parse(rule),
            EnumWord<ResolutionStatus>.Parse(status),
            voteOn,
            EnumWord<Visibility>.Parse(visibility)
        );
}

/// <summary>The position of a member, and its certainty.</summary>
internal readonly record struct StancePosition(Position Position, Certainty? Certainty);

/// <summary>A recorded vote: its names, if it has them, in the order of their codes, and the announced totals.</summary>
internal sealed record CountedRollCall(
    DateOnly RecordedOn,
    bool HasNames,
    int Members,
    AnnouncedTotals? Announced,
    RollCallSource Source,
    IReadOnlyList<Ballot> Names
);

/// <summary>A row of a stance with the columns that are counted.</summary>
internal sealed record StancePositionRow
{
    public string MemberState { get; init; } = "";
    public string Position { get; init; } = "";
    public string? Certainty { get; init; }
    public long Version { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    public StancePosition Stance => new(EnumWord<Position>.Parse(Position), EnumWord<Certainty>.ParseOrNull(Certainty));
}

/// <summary>A row of a roll call with the columns that are counted.</summary>
internal sealed record CountedRollCallRow
{
    public long Version { get; init; }
    public DateOnly RecordedOn { get; init; }
    public bool HasNames { get; init; }
    public string? Names { get; init; }
    public int Members { get; init; }
    public int? AnnouncedYes { get; init; }
    public int? AnnouncedNo { get; init; }
    public int? AnnouncedAbstain { get; init; }
    public int? AnnouncedNonVoting { get; init; }
    public string Source { get; init; } = "";
    public DateTimeOffset ChangedAt { get; init; }
    public DateTimeOffset? RemovedAt { get; init; }

    public bool IsKnownAt(DateTimeOffset moment) => ChangedAt <= moment && (RemovedAt is null || RemovedAt > moment);

    public CountedRollCall RollCall =>
        new(
            RecordedOn,
            HasNames,
            Members,
            AnnouncedYes is { } yes && AnnouncedNo is { } no
                ? new AnnouncedTotals(yes, no, AnnouncedAbstain, AnnouncedNonVoting)
                : null,
            EnumWord<RollCallSource>.Parse(Source),
            [.. PackedNames.Unpack(Names).Select(name => Ballot.Recorded(name.MemberState, name.Vote))]
        );
}
