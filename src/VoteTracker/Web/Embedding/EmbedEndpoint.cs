using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Web.Pages;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Web.Embedding;

/// <summary>
/// The base of the embedded counts. Every caller gets what a caller without a key may see: a session and a key change
/// nothing.
/// </summary>
internal abstract class EmbedEndpoint(Assets assets, Db db, TallyCache live) : PageEndpoint(assets)
{
    /// <summary>Declares the address.</summary>
    protected void Embed(string path)
    {
        Get(path);
        Description(route => route.IsForOtherSites().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    /// <summary>The language of the reader, for a caller without a key.</summary>
    protected PageContext CreatePublicContext() =>
        CreateContext() with
        {
            Caller = Caller.Anonymous,
            SessionProof = null,
        };

    /// <summary>The colours that the address names; null for those that the reader prefers.</summary>
    protected Theme? Theme =>
        Voting.Rules.EnumWord<Theme>.TryParse(QueryText("theme")?.ToLowerInvariant(), out var theme) ? theme : null;

    /// <summary>Whether the address asks for the seats.</summary>
    protected bool HasSeats => string.Equals(QueryText("picture"), "seats", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// The representation of a public resolution, which is created once for each state; null if there is none.
    /// </summary>
    protected async Task<Representation?> Find(
        string name,
        RepresentationFormat format,
        Func<EmbedModel, Task<byte[]>> create
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        if (await live.FindVisible(id, Caller.Anonymous, Number("atLeast", 0)) is not { } snapshot)
        {
            return null;
        }
        if (snapshot.Representations.Find(name) is { } found)
        {
            return found;
        }
        if (await db.Read(connection => ResolutionStore.Find(connection, id)) is not { } resolution)
        {
            return null;
        }
        var body = await create(
            new EmbedModel
            {
                Resolution = resolution,
                Tally = snapshot.Tally,
                StateName = snapshot.EventId,
                Theme = Theme,
                HasSeats = HasSeats,
            }
        );
        return snapshot.Representations.GetOrCreate(name, format, body, static bytes => bytes);
    }

    /// <summary>Sends a representation that shared caches may store.</summary>
    protected Task SendPublic(PageContext page, Representation representation)
    {
        HttpContext.Response.Headers.ContentLanguage = page.Language.Code;
        return ConditionalResponse.Send(HttpContext, representation, isPublic: true, live.Age);
    }
}
