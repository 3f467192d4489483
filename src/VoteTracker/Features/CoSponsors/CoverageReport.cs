using System.Data.Common;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.CoSponsors;

/// <summary>The co-sponsors of a resolution by group, and the states that can still be asked.</summary>
public sealed record CoverageReport
{
    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The resolution's version.</summary>
    public required long Version { get; init; }

    /// <summary>The current text: `Rev.1`, `Rev.2`; null for the original.</summary>
    public required string? TextVersion { get; init; }

    /// <summary>All co-sponsors by their status, observers included.</summary>
    public required CoSponsorCounts Total { get; init; }

    /// <summary>
    /// A row for each regional group, a row `none` for observers, and a row for each bloc. The rows of regional groups and
    /// `none` add up to the total; blocs overlap.
    /// </summary>
    public required IReadOnlyList<CoverageRow> Rows { get; init; }

    /// <summary>The keys of the regional groups and blocs of which no member has signed as a main sponsor.</summary>
    public required IReadOnlyList<string> GroupsWithoutMain { get; init; }

    /// <summary>
    /// The states that were not asked, with the position yes, undecided or unknown, in this order; then observers, which have
    /// no position. Empty after the vote.
    /// </summary>
    public required IReadOnlyList<StateToAsk> ToAsk { get; init; }

    /// <summary>The states that signed an earlier text, or were asked for one, in the order of their codes. Empty after the vote.</summary>
    public required IReadOnlyList<StateToAskAgain> ToAskAgain { get; init; }

    /// <summary>Loads the report of a resolution; all parts are of one version.</summary>
    internal static async Task<CoverageReport> Load(
        DbConnection connection,
        ReferenceData referenceData,
        Resolution resolution,
        DateTimeOffset now
    )
    {
        var standings = (await StateReader.LoadNow(connection, referenceData, resolution.Id, now))!;
        var coSponsors = await CoSponsorStore.ListAll(connection, resolution.Id, asOf: null);
        return Create(referenceData, standings, resolution.TextVersion, coSponsors);
    }

    private static CoverageReport Create(
        ReferenceData referenceData,
        Standings standings,
        string? text,
        Dictionary<string, CoSponsor> coSponsors
    )
    {
        var isOpen = standings.Basis == Basis.Stances;
        var toAsk = isOpen ? ListToAsk(referenceData, standings, coSponsors) : [];
        var current = DraftText.NumberOf(text);
        var positions = standings.Ballots.ToDictionary(b => b.MemberState, b => b.Position, StringComparer.Ordinal);
        var toAskAgain = coSponsors
            .Values.Where(c => isOpen && WasAsked(c.Status) && DraftText.NumberOf(c.TextVersion) < current)
            .OrderBy(c => c.MemberState, StringComparer.Ordinal)
            .Select(c => new StateToAskAgain
            {
                MemberState = c.MemberState,
                RegionalGroup = referenceData.Groups.RegionOf(c.MemberState),
                Position = positions.TryGetValue(c.MemberState, out var position) ? position : null,
                Status = c.Status,
                Role = c.Role,
                TextVersion = c.TextVersion,
            })
            .ToList();
        List<CoverageRow> rows =
        [
            .. CoverageRow.List(referenceData, standings, GroupScheme.RegionalGroup, (coSponsors, toAsk, toAskAgain)),
            .. CoverageRow.List(referenceData, standings, GroupScheme.Bloc, (coSponsors, toAsk, toAskAgain)),
        ];
        return new CoverageReport
        {
            Resolution = standings.Resolution,
            Version = standings.Version,
            TextVersion = text,
            Total = CoSponsorCounts.Count(coSponsors.Values),
            Rows = rows,
            GroupsWithoutMain =
            [
                .. rows.Where(row => row is { Members: > 0, Main: 0, Group: not Groups.None }).Select(row => row.Group),
            ],
            ToAsk = toAsk,
            ToAskAgain = toAskAgain,
        };
    }

    private static List<StateToAsk> ListToAsk(
        ReferenceData referenceData,
        Standings standings,
        Dictionary<string, CoSponsor> coSponsors
    )
    {
        var members = standings
            .Ballots.Where(b => b.Position is Position.Yes or Position.Undecided or Position.Unknown)
            .Select(b => Create(b.MemberState, b.Position, b.Certainty));
        var observers = referenceData
            .Roster.Seats.Where(seat => seat.Kind == SeatKind.Observer)
            .Select(seat => Create(seat.Iso3, position: null, certainty: null));
        return
        [
            .. members
                .Concat(observers)
                .Where(state => state.Status is null or CoSponsorStatus.Wanted)
                .OrderBy(state =>
                    state.Position switch
                    {
                        Position.Yes => 0,
                        Position.Undecided => 1,
                        Position.Unknown => 2,
                        _ => 3,
                    }
                )
                .ThenBy(state => state.MemberState, StringComparer.Ordinal),
        ];

        StateToAsk Create(string iso3, Position? position, Certainty? certainty) =>
            new()
            {
                MemberState = iso3,
                RegionalGroup = referenceData.Groups.RegionOf(iso3),
                Position = position,
                Certainty = certainty,
                Status = coSponsors.GetValueOrDefault(iso3)?.Status,
            };
    }

    private static bool WasAsked(CoSponsorStatus status) =>
        status is CoSponsorStatus.Approached or CoSponsorStatus.Committed or CoSponsorStatus.Signed;
}

/// <summary>A state that can be asked to co-sponsor.</summary>
public sealed record StateToAsk
{
    /// <summary>The code of the member or observer.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The key of its regional group; null for observers.</summary>
    public required string? RegionalGroup { get; init; }

    /// <summary>Its position: yes, undecided or unknown; null for observers.</summary>
    public required Position? Position { get; init; }

    /// <summary>The certainty of the position.</summary>
    public required Certainty? Certainty { get; init; }

    /// <summary>`wanted`, or null if it is not among the co-sponsors.</summary>
    public required CoSponsorStatus? Status { get; init; }
}

/// <summary>A state that signed an earlier text, or was asked for one.</summary>
public sealed record StateToAskAgain
{
    /// <summary>The code of the member or observer.</summary>
    public required string MemberState { get; init; }

    /// <summary>The name of the state, in the language of the response.</summary>
    public StateName Name => new(MemberState);

    /// <summary>The key of its regional group; null for observers.</summary>
    public required string? RegionalGroup { get; init; }

    /// <summary>Its position; null for observers.</summary>
    public required Position? Position { get; init; }

    /// <summary>`approached`, `committed` or `signed`.</summary>
    public required CoSponsorStatus Status { get; init; }

    /// <summary>The list of sponsors that it is on.</summary>
    public required CoSponsorRole Role { get; init; }

    /// <summary>The text that it signed or was asked for; null for the original.</summary>
    public required string? TextVersion { get; init; }
}
