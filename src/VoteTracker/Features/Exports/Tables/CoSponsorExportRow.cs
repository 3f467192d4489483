using System.Data.Common;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The progress of a state towards co-sponsoring a resolution. There is a row for each member of the day of the vote and each observer, also for those without a record.</summary>
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

    /// <summary>ISO 3166-1 alpha-2. `NA` is Namibia, not a missing value. Empty for former members.</summary>
    /// <source>ISO 3166-1</source>
    [Folded]
    public required string? Iso2 { get; init; }

    /// <summary>The code of the UN Statistics Division: text of three digits, because leading zeros count. Empty for former members.</summary>
    /// <source>M49</source>
    [Folded]
    public required string? M49 { get; init; }

    /// <summary>The name as the UN Digital Library prints it in roll calls. For observers, which are in no roll call, the short name.</summary>
    /// <source>UN Digital Library</source>
    [Folded]
    public required string UnName { get; init; }

    /// <summary>The key of the regional group of today; empty for observers.</summary>
    /// <source>DGACM</source>
    public required string? RegionalGroup { get; init; }

    /// <summary>The status; empty if none is recorded. Without a key only `signed` is shown.</summary>
    /// <source>campaign</source>
    public required CoSponsorStatus? Status { get; init; }

    /// <summary>The list of sponsors that it is on.</summary>
    /// <source>campaign</source>
    public required CoSponsorRole? Role { get; init; }

    /// <summary>The day from which it has this status.</summary>
    /// <source>campaign</source>
    public required DateOnly? Since { get; init; }

    /// <summary>The day on which it withdrew.</summary>
    /// <source>campaign</source>
    public required DateOnly? WithdrawnOn { get; init; }

    /// <summary>A note about the co-sponsor. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? Note { get; init; }

    /// <summary>The version of the resolution after the last change of the co-sponsor; empty if there was no change.</summary>
    /// <source>VoteTracker</source>
    [Folded]
    public required long? Version { get; init; }

    /// <summary>The label of the key that last changed it. Needs a key.</summary>
    /// <source>campaign</source>
    public required string? ChangedBy { get; init; }

    /// <summary>The moment of the last change.</summary>
    /// <source>VoteTracker</source>
    public required DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The revision of the draft that it signed or was asked for, such as `Rev.1`. Empty for the original text, and if no status is recorded.</summary>
    /// <source>campaign</source>
    public required string? TextVersion { get; init; }

    /// <summary>Loads the rows of a resolution in the order of their codes, with the columns that the caller may see.</summary>
    internal static async Task<IReadOnlyList<CoSponsorExportRow>> Load(
        DbConnection connection,
        ReferenceData referenceData,
        ExportRequest request,
        Resolution resolution
    )
    {
        var states = await StateColumns.Load(connection, referenceData);
        var day = resolution.VotingDay(request.Moment);
        var found = (await CoSponsorStore.ListAll(connection, resolution.Id, request.AsOf)).ToDictionary(
            entry => entry.Key,
            entry => entry.Value.For(request.Caller),
            StringComparer.Ordinal
        );
        return
        [
            .. referenceData
                .Roster.Seats.Where(seat => seat.Kind == SeatKind.Observer)
                .Select(seat => seat.Iso3)
                .Union(referenceData.Roster.MembersOn(day))
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
            TextVersion = coSponsor?.TextVersion,
        };
}

/// <summary>Exports the co-sponsors of a resolution.</summary>
internal sealed class ExportCoSponsors(Db db, ReferenceData referenceData) : TableExport<CoSponsorExportRow>
{
    public override void Configure() =>
        Map(
            "/v1/resolutions/{id}/export/co-sponsors",
            route =>
                route
                    .Requires(Right.ReadPublic)
                    .Described(
                        "Exports",
                        "Exports the co-sponsors",
                        "A row for each member and each observer, in the order of their codes, also for those without a record. Without a key, only the current co-sponsors that have signed are shown."
                    )
        );

    protected override async Task<ExportedTable<CoSponsorExportRow>> Load(ExportRequest request)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var rows = await db.Read(async connection =>
        {
            var resolution = await ExportedResolution.Load(
                connection,
                request,
                id,
                (caller, r) =>
                    caller.May(Right.SeeCoSponsors) || request.AsOf is null && caller.SeesCoSponsors(r.Visibility)
            );
            return await CoSponsorExportRow.Load(connection, referenceData, request, resolution);
        });
        return new ExportedTable<CoSponsorExportRow>(
            $"{id}-co-sponsors",
            Table<CoSponsorExportRow>.Whole.Fold("resolution"),
            rows
        );
    }
}
