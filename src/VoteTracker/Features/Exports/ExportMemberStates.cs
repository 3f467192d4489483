using VoteTracker.Database;
using VoteTracker.Http;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting;

namespace VoteTracker.Features.Exports;

/// <summary>Exports the member states, observers and former members.</summary>
internal static class ExportMemberStates
{
    private const string Path = "/v1/export/member-states";

    public static RouteHandlerBuilder Map(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet(Path, Handle), "ExportMemberStates");

    public static RouteHandlerBuilder MapFile(IEndpointRouteBuilder routes) =>
        Describe(routes.MapGet($"{Path}.{{format}}", Handle), "ExportMemberStatesFile");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string name) =>
        route
            .Needs(Role.Anonymous)
            .Exports<MemberStateExportRow>()
            .Described(
                name,
                "Exports",
                "Exports the member states",
                "A row each state that has, had or observes from a seat, in the order of their codes: what the codes in the other tables stand for."
            );

    private static async Task Handle(HttpContext http, Db db, Facts facts)
    {
        var request = ExportRequest.Of(http);
        request.Check();
        var rows = await db.Read(connection =>
            MemberStateExportRow.All(connection, facts, NewYork.DayOf(request.Moment))
        );
        await Export.Send(http, request.Format, Table<MemberStateExportRow>.Whole, "member-states", rows);
    }
}
