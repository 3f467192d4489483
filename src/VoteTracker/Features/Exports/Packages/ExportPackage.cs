using System.Globalization;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Records;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>Exports everything of a resolution as a data package.</summary>
internal sealed class ExportPackage(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    public override void Configure()
    {
        Get("/v1/resolutions/{id}/export.zip");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Packs()
                .Described(
                    "Exports",
                    "Exports a resolution as a data package",
                    "A zip of every table of it that the caller may see, as CSV, with `datapackage.json` (Frictionless Data), CSV on the Web metadata, a README and a suggested citation. As of a moment the bytes are the same for ever; the newest names its moment in `Content-Location`."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var request = await ExportRequest.Parse(HttpContext).Settled(db);
        var tables = await db.Read(connection => ResolutionTables.Load(connection, facts, request, id));
        // What the public sees now of the stances it is not told again of the past.
        var repeatable = request.Caller.May(Right.SeeStances) || request.IsPast;
        var title = new PackageTitle
        {
            Name = id,
            Title = tables.Text.Symbol is { } symbol ? $"{symbol}: {tables.Text.Title}" : tables.Text.Title,
            Description =
                "Where the member states stand on a text of the United Nations General Assembly, who is behind it, and how they voted once they have.",
            Version = tables.Version.ToString(CultureInfo.InvariantCulture),
            AsOf = request.Moment,
            Address = PackageEndpoint.Address(request, repeatable),
            Repeatable = repeatable,
        };
        await PackageEndpoint.Send(
            request,
            title,
            async package =>
            {
                // What a user entered is on the campaign's terms, the roll call too.
                var owner = tables.Text.Source == RollCallSource.Library ? Owner.Record : Owner.Campaign;
                await package.Add(Table<MemberStateExportRow>.Whole, tables.MemberStates);
                await package.Add(Table<ResolutionExportRow>.Whole.As("resolutions", owner: owner), [tables.Text]);
                if (tables.Stances is { } stances)
                {
                    await package.Add(Table<StanceExportRow>.Whole, stances);
                }
                await package.Add(BreakdownExportRow.TableOf(tables.Text.Source), tables.Breakdown);
                if (tables.CoSponsors is { } coSponsors)
                {
                    await package.Add(Table<CoSponsorExportRow>.Whole, coSponsors);
                }
                if (request.Caller.May(Right.SeeStances))
                {
                    await package.Add(Table<HistoryExportRow>.Whole, HistoryExportRow.Pages(db, facts, request, id));
                }
                if (tables.RollCall is { } rollCall)
                {
                    await package.Add(VoteExportRow.OneRollCall.As("roll-call", owner: owner), rollCall);
                }
            }
        );
    }
}
