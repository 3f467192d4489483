using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Features.Record;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>Exports the whole record as a data package.</summary>
internal sealed class ExportRecordPackage(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string About =
        "Every vote of the General Assembly that this VoteTracker has on record: the texts, the totals, and how each state voted.";

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
                    "A zip of the member states, the resolutions that were voted on, every name in every roll call, and the same as a matrix, as CSV; with `datapackage.json` (Frictionless Data), CSV on the Web metadata, a README and a suggested citation. `?source=all` adds the roll calls that the campaign entered, marked. As of a moment the bytes are the same for ever; the newest names its moment in `Content-Location`."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var asked = ExportRequest.Parse(HttpContext);
        var source = asked.Query.Read(RecordFilter.SourceParameter) ?? RecordSource.Library;
        asked.Check();
        var request = await asked.Settled(db);
        var all = RecordFilter.Whole(source);
        await request.CheckRecord(db, all);
        var day = NewYork.DayOf(request.Moment);
        var title = new PackageTitle
        {
            Name = "general-assembly-record",
            Title = "Recorded votes of the United Nations General Assembly",
            Description = all.WithCampaign
                ? About + " Roll calls that the campaign entered are in it, and marked in `source`."
                : About,
            Version = day.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
            AsOf = request.Moment,
            Address = PackageEndpoint.Address(request, repeatable: true, all.WithCampaign ? "source=all" : null),
            Repeatable = true,
        };
        await PackageEndpoint.Send(
            request,
            title,
            async package =>
            {
                var states = await db.Read(connection => MemberStateExportRow.All(connection, facts, day));
                await package.Add(Table<MemberStateExportRow>.Whole, states);
                // With both sources, a resolution can have a roll call of each.
                await package.Add(
                    Table<ResolutionExportRow>.Whole.As(
                        "resolutions",
                        key: all.WithCampaign ? ["resolution", "source"] : null
                    ),
                    ResolutionExportRow.Pages(db, all, request.KnownUntil)
                );
                await package.Add(
                    Table<VoteExportRow>.Whole.As(
                        "roll-calls",
                        key: all.WithCampaign ? ["resolution", "source", "iso3"] : null
                    ),
                    VoteExportRow.Pages(db, facts, all, request.KnownUntil)
                );
                var rollCalls = await db.Read(connection => RecordedRollCall.All(connection, all, request.KnownUntil));
                await package.Add(MatrixExportRow.TableOf(rollCalls), MatrixExportRow.Pages(db, facts, rollCalls, day));
            }
        );
    }
}
