using System.Globalization;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Records;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>Exports all tables of a resolution as a data package.</summary>
internal sealed class ExportPackage(Db db, ReferenceData referenceData, Settings settings) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/export.zip");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .ReadsPersonalData(Right.SeeContacts)
                .Packs()
                .Described(
                    "Exports",
                    "Exports a resolution as a data package",
                    "A zip of the tables that the caller may see, as CSV. It also has `datapackage.json` (Frictionless Data), CSV on the Web metadata, a README, and the suggested citation as text, BibTeX and CITATION.cff. As of a moment the bytes never change. The newest package names its moment in `Content-Location`."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var settled = await SettledRequest.Settle(db, ExportRequest.Parse(HttpContext));
        var request = settled.Request;
        var tables = await db.Read(connection => ResolutionTables.Load(connection, referenceData, request, id));
        // The public sees current positions, but no past ones.
        var isReproducible = request.Caller.May(Right.SeeStances) || request.IsPast;
        var title = new PackageTitle
        {
            Name = id,
            Title = ResolutionTitle.ForPeople(tables.Row),
            Description = ResolutionTitle.Description,
            Version = tables.Version.ToString(CultureInfo.InvariantCulture),
            AsOf = request.Moment,
            Address = PackageEndpoint.Address(request, isReproducible),
            PublicUrl = PublicAddress.Parse(settings.PublicUrl),
            IsReproducible = isReproducible,
        };
        await PackageEndpoint.Send(
            settled,
            title,
            async package =>
            {
                // The campaign's terms apply to what a user entered, including the roll call.
                var owner = tables.Row.Source == RollCallSource.Library ? Owner.Record : Owner.Campaign;
                await package.Add(Table<MemberStateExportRow>.Whole, tables.MemberStates);
                await package.Add(Table<ResolutionExportRow>.Whole.As("resolutions", owner: owner), [tables.Row]);
                if (tables.Stances is { } stances)
                {
                    await package.Add(Table<StanceExportRow>.Whole, stances);
                }
                await package.Add(BreakdownExportRow.CreateTable(tables.Row.Source), tables.Breakdown);
                if (tables.CoSponsors is { } coSponsors)
                {
                    await package.Add(Table<CoSponsorExportRow>.Whole, coSponsors);
                }
                if (request.Caller.May(Right.SeeStances))
                {
                    await package.Add(
                        Table<HistoryExportRow>.Whole,
                        HistoryExportRow.LoadPages(db, referenceData, request, id)
                    );
                }
                if (tables.RollCall is { } rollCall)
                {
                    await package.Add(VoteExportRow.OneRollCall.As("roll-call", owner: owner), rollCall);
                }
            }
        );
    }
}
