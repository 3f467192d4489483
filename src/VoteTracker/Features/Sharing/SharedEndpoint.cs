using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Sharing;

/// <summary>A valid link, and the state that it shows.</summary>
/// <param name="Link">The link.</param>
/// <param name="Snapshot">The state. Its visibility is the scope of the link, so it shows what the public may see of it.</param>
internal sealed record SharedView(ShareLink Link, TallySnapshot Snapshot);

/// <summary>Finds the link of a request, counts its use, and limits guesses.</summary>
internal sealed class SharedAccess(ShareLinks links, ShareLinkUses uses, ReadingBudget budget, TallyCache live)
{
    /// <summary>The possible age of what is shown, as of every tally.</summary>
    public TimeSpan? Age => live.Age;

    /// <summary>The link of a request with the state that it shows, or the problem: 404, or 429 after many wrong links.</summary>
    /// <param name="http">The request.</param>
    /// <param name="seen">The newest version that the client names.</param>
    public async ValueTask<(SharedView? View, ProblemHttpResult? Problem)> Find(HttpContext http, long seen)
    {
        var secret = SharedPaths.ReadSecret(http);
        if (budget.WaitAfterWrongKeys(http) is { } rest && !await links.MayExist(secret))
        {
            return (null, Problems.TooMany(http, rest));
        }
        if (await links.Find(secret) is { } link && await links.Show(link, seen) is { } snapshot)
        {
            uses.Add(link.Id);
            return (new SharedView(link, snapshot), null);
        }
        // The lookup of a link costs as much as an anonymous read. Valid links are found before, so they have no limit.
        return budget.SpendWrongKey(http) is { } wait ? (null, Problems.TooMany(http, wait)) : (null, NotFound());
    }

    /// <summary>The state that the link of an open stream shows now; null if the link has ended.</summary>
    public async ValueTask<SharedView?> FindAgain(HttpContext http) =>
        await links.Find(SharedPaths.ReadSecret(http)) is { } link && await links.Show(link, 0) is { } snapshot
            ? new SharedView(link, snapshot)
            : null;

    /// <summary>
    /// Whether the link shows the counts of these groups. Blocs overlap: a member is often the only one that belongs to
    /// just the blocs whose rows change, so their counts would name it. Regional groups do not overlap.
    /// </summary>
    public static bool ShowsGroups(SharedView view, Grouping grouping) =>
        grouping.By == EnumWord<GroupScheme>.ToWord(GroupScheme.RegionalGroup)
        || Positions.AreVisibleTo(Caller.Anonymous, view.Snapshot.Standings);

    private static ProblemHttpResult NotFound() =>
        Problems.NotFound("There is no share link with this address, or it has expired or was revoked.");
}

/// <summary>The base of the data of a share link. They need no key, and a key changes nothing.</summary>
internal abstract class SharedEndpoint(SharedAccess access) : EndpointWithoutRequest
{
    /// <summary>The path of data of a link.</summary>
    protected static string PathOf(string data) => $"{SharedPaths.Root}/{{secret}}/{data}";

    /// <summary>Describes what all data of a link have in common.</summary>
    protected static RouteHandlerBuilder Describe(
        RouteHandlerBuilder route,
        string summary,
        string description,
        params QueryParameter[] parameters
    ) =>
        route
            .WithMetadata(new FromMemory())
            .Requires(Right.ReadPublic)
            .Described("Sharing", summary, description)
            .Takes(parameters)
            .Fails(StatusCodes.Status400BadRequest)
            .Fails(
                StatusCodes.Status404NotFound,
                "No valid link has this secret: it is wrong, has expired or was revoked."
            );

    public sealed override async Task HandleAsync(CancellationToken ct)
    {
        var (view, problem) = await access.Find(HttpContext, SeenVersion);
        if (view is null)
        {
            await problem!.ExecuteAsync(HttpContext);
            return;
        }
        await Respond(view);
    }

    /// <summary>The newest version that the client names.</summary>
    protected virtual long SeenVersion => ETags.Seen(HttpContext.Request);

    /// <summary>Responds with what the link shows.</summary>
    protected abstract Task Respond(SharedView view);

    /// <summary>
    /// Responds with a representation of it, if the query is valid. Without one, the scope of the link is too narrow.
    /// </summary>
    protected async Task SendShared(Query query, Func<Representation?> create)
    {
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
        }
        else if (create() is { } representation)
        {
            await SendShared(representation);
        }
        else
        {
            await ProblemTypes.ScopeTooNarrow.Create().ExecuteAsync(HttpContext);
        }
    }

    /// <summary>Responds with a representation of it.</summary>
    protected Task SendShared(Representation representation) =>
        ConditionalResponse.Send(HttpContext, representation, isPublic: false, access.Age);
}
