using System.Security.Cryptography;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Calendars;
using VoteTracker.Security;

namespace VoteTracker.Features.Feeds;

/// <summary>Returns what happened to public resolutions, for feed readers.</summary>
internal sealed class GetFeed(Db db, AtomFeed feed, Settings settings) : EndpointWithoutRequest
{
    private static readonly RepresentationFormat Format = new(
        "application/atom+xml; charset=utf-8",
        "",
        "Authorization, Cookie"
    );

    public override void Configure()
    {
        Get("/v1/feed.atom");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Timetable",
                    "Returns the feed of public resolutions",
                    "Atom (RFC 4287), the 100 newest entries: a resolution was opened or became public, its majority was reached or no longer reached, its vote was recorded. A vote of the UN's record has the day of the vote. A key changes nothing: private resolutions are never in the feed. Send If-None-Match, and get a 304 while nothing changes."
                )
                .Takes(Lang.Parameter)
                .ReadsConditionally()
                .Produces<string>(StatusCodes.Status200OK, "application/atom+xml")
                .Fails(StatusCodes.Status400BadRequest)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var language = query.ReadLanguage();
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var entries = await feed.Load();
        var (sequence, began) = await db.Read(async connection =>
            (await CalendarSequence.Load(connection), (await Incarnation.List(connection))[0].BeganAt)
        );
        var text = new FeedText(sequence.Database, PublicAddress.Of(HttpContext.Request, settings), language);
        var body = text.Write(entries, began);
        await ConditionalResponse.Send(
            HttpContext,
            new Representation(body, Convert.ToHexStringLower(SHA256.HashData(body))[..32], Format),
            // The address of the request is in the body, and a client chooses the host that it names.
            isPublic: PublicAddress.IsFixed(settings),
            feed.Age
        );
    }
}
