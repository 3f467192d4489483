using VoteTracker.Database;
using VoteTracker.Features.Sessions;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pages.Sessions;

/// <summary>The page that lists the sessions.</summary>
internal sealed class ListSessionsPage(Assets assets, Db db, TimeProvider clock) : PageEndpoint(assets)
{
    public override void Configure() => Serve("/sessions");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var sessions = await db.Read(connection => SessionStore.List(connection, page.Caller, clock.GetUtcNow()));
        var model = new SessionsModel
        {
            Sessions =
            [
                .. sessions
                    .OrderByDescending(session => session.Number)
                    .ThenByDescending(session => session.Place, StringComparer.Ordinal)
                    .GroupBy(session => session.Emergency ? SessionKind.NewEmergencySession : session.Kind)
                    .OrderBy(group => group.Key),
            ],
        };
        await SendPage(page, await Render<SessionsPage>(page, model), isPublic: false);
    }
}

/// <summary>What the page of the sessions shows.</summary>
public sealed record SessionsModel
{
    /// <summary>The sessions by kind, the newest first. Resumptions are with the sessions that they resume.</summary>
    public required IReadOnlyList<IGrouping<SessionKind, Session>> Sessions { get; init; }
}
