using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>Exports the whole record as a data package.</summary>
internal sealed class ExportRecordPackage(Db db, ReferenceData referenceData, Settings settings)
    : EndpointWithoutRequest
{
    private const string About =
        "All recorded votes of the General Assembly that this VoteTracker has: the resolutions, the totals, and the vote of each state.";

    public override void Configure()
    {
        Get("/v1/export.zip");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Packs()
                .Takes(RecordFilter.SourceParameter)
                .Described(
                    "Exports",
                    "Exports the record as a data package",
                    "A zip of CSV tables: the member states, the resolutions with a recorded vote, every name in every roll call, and the votes as a matrix. It also has `datapackage.json` (Frictionless Data), CSV on the Web metadata, a README, and the suggested citation as text, BibTeX and CITATION.cff. `?source=all` adds the roll calls that the campaign entered, marked. As of a moment the bytes never change. The newest package names its moment in `Content-Location`."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var parsed = ExportRequest.Parse(HttpContext);
        var source = parsed.Query.Read(RecordFilter.SourceParameter) ?? RecordSource.Library;
        parsed.Check();
        var settled = await SettledRequest.Settle(db, parsed);
        var request = settled.Request;
        var all = RecordFilter.Whole(source);
        await ExportedRecord.Check(db, request, all);
        var day = NewYork.DayOf(request.Moment);
        var title = new PackageTitle
        {
            Name = "general-assembly-record",
            Title = "Recorded votes of the United Nations General Assembly",
            Description = all.WithCampaign
                ? About + " It includes the roll calls that the campaign entered, marked in `source`."
                : About,
            Version = day.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            AsOf = request.Moment,
            Address = PackageEndpoint.Address(request, isReproducible: true, all.WithCampaign ? "source=all" : null),
            PublicUrl = PublicAddress.Parse(settings.PublicUrl),
            IsReproducible = true,
        };
        await PackageEndpoint.Send(
            settled,
            title,
            async package =>
            {
                var states = await db.Read(connection => MemberStateExportRow.Load(connection, referenceData, day));
                await package.Add(Table<MemberStateExportRow>.Whole, states);
                // With both sources, a resolution can have a roll call of each.
                await package.Add(
                    Table<ResolutionExportRow>.Whole.As(
                        "resolutions",
                        key: all.WithCampaign ? ["resolution", "source"] : null
                    ),
                    ResolutionExportRow.LoadPages(db, all, request.KnownUntil)
                );
                await package.Add(
                    Table<VoteExportRow>.Whole.As(
                        "roll-calls",
                        key: all.WithCampaign ? ["resolution", "source", "iso3"] : null
                    ),
                    VoteExportRow.LoadPages(db, referenceData, all, request.KnownUntil)
                );
                var rollCalls = await db.Read(connection => RecordedRollCall.List(connection, all, request.KnownUntil));
                await package.Add(
                    MatrixExportRow.CreateTable(rollCalls),
                    MatrixExportRow.LoadPages(db, referenceData, rollCalls, day)
                );
            }
        );
    }
}
