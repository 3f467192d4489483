using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>Exports the member states, observers and former members.</summary>
internal sealed class ExportMemberStates(Db db, ReferenceData facts) : EndpointWithoutRequest
{
    private const string Path = "/v1/export/member-states";

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Exports<MemberStateExportRow>()
                .Described(
                    "Exports",
                    "Exports the member states",
                    "A row each state that has, had or observes from a seat, in the order of their codes: what the codes in the other tables stand for."
                )
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var request = ExportRequest.Parse(HttpContext);
        request.Check();
        var rows = await db.Read(connection =>
            MemberStateExportRow.All(connection, facts, NewYork.DayOf(request.Moment))
        );
        await Export.Send(HttpContext, request.Format, Table<MemberStateExportRow>.Whole, "member-states", rows);
    }
}
