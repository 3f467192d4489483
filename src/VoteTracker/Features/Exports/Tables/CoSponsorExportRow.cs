using System.Data.Common;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>How far a state is on its way to signing a text as co-sponsor: a row each member of the day of the vote and each observer, those of whom nothing is recorded too.</summary>
[Exported("co-sponsors", Owner.Campaign, "resolution", "iso3")]
public sealed record CoSponsorExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>VoteTracker</source>
    [RefersTo("resolutions")]
    public required string Resolution { get; init; }

    /// <summary>The member state's code, ISO 3166-1 alpha-3.</summary>
    /// <source>ISO 3166-1</source>
    [RefersTo("member-states")]
    public required string Iso3 { get; init; }

    /// <summary>ISO 3166-1 alpha-2; empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    public required string? Iso2 { get; init; }

    /// <summary>The UN Statistics Division's code, three digits: a text, for leading zeros count; empty for former members.</summary>
    /// <source>M49</source>
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls; of observers, which are in none, the short name.</summary>
    /// <source>UN Digital Library</source>
    public required string UnName { get; init; }

    /// <summary>The key of the regional group, today's; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>How far it is; empty where nothing is recorded. Without a key only `signed` is told.</summary>
    /// <source>campaign</source>
    public required CoSponsorStatus? Status { get; init; }

    /// <summary>Which list of sponsors it is on.</summary>
    /// <source>campaign</source>
    public required CoSponsorRole? Role { get; init; }

    /// <summary>The day since when it is so.</summary>
    /// <source>campaign</source>
    public required DateOnly? Since { get; init; }

    /// <summary>The day it took its name off.</summary>
    /// <source>campaign</source>
    public required DateOnly? WithdrawnOn { get; init; }

    /// <summary>What else there is to say. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? Note { get; init; }

    /// <summary>The resolution's version that its last change made; empty where there was none.</summary>
    /// <source>VoteTracker</source>
    public required long? Version { get; init; }

    /// <summary>The label of the key that last changed it. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? ChangedBy { get; init; }

    /// <summary>When it last changed.</summary>
    /// <source>VoteTracker</source>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>All of a resolution, as this caller may see them, in the order of their codes.</summary>
    internal static async Task<IReadOnlyList<CoSponsorExportRow>> All(
        DbConnection connection,
        ReferenceData facts,
        ExportRequest request,
        Resolution resolution
    )
    {
        var states = await StateColumns.Load(connection, facts);
        var day = resolution.VotingDay(request.Moment);
        var found = (await CoSponsorStore.ListAll(connection, resolution.Id, request.AsOf)).ToDictionary(
            entry => entry.Key,
            entry => entry.Value.For(request.Caller),
            StringComparer.Ordinal
        );
        return
        [
            .. facts
                .Roster.Seats.Where(seat => seat.Kind == SeatKind.Observer)
                .Select(seat => seat.Iso3)
                .Union(facts.Roster.MembersOn(day))
                .Union(found.Keys)
                .Order(StringComparer.Ordinal)
                .Select(iso3 => Create(resolution.Id, states[iso3], found.GetValueOrDefault(iso3))),
        ];
    }

    private static CoSponsorExportRow Create(string resolution, StateColumns state, CoSponsor? coSponsor) =>
        new()
        {
            Resolution = resolution,
            Iso3 = state.Iso3,
            Iso2 = state.Iso2,
            M49 = state.M49,
            UnName = state.UnName,
            RegionalGroup = state.RegionalGroup,
            Status = coSponsor?.Status,
            Role = coSponsor?.Role,
            Since = coSponsor?.Since,
            WithdrawnOn = coSponsor?.WithdrawnOn,
            Note = coSponsor?.Note,
            Version = coSponsor?.Version,
            ChangedBy = coSponsor?.ChangedBy,
            ChangedAt = coSponsor?.ChangedAt,
        };
}
