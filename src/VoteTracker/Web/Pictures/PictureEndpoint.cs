using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Web.Pictures;

/// <summary>How a picture was requested.</summary>
internal sealed record PictureRequest(Language Language, Theme Theme, int? Width);

/// <summary>The base of the endpoints of pictures. A picture is a representation of a snapshot of the tally.</summary>
internal abstract class PictureEndpoint(TallyCache live, Db db) : EndpointWithoutRequest
{
    /// <summary>The media type of SVG.</summary>
    public const string Svg = "image/svg+xml";

    /// <summary>The media type of PNG.</summary>
    public const string Png = "image/png";

    private const string Vary = "Authorization";

    private static readonly WordParameter<Theme> ThemeParameter = new(
        "theme",
        "The colours: `light` (default) or `dark`."
    );

    private static readonly NumberParameter WidthParameter = new(
        "width",
        "The width in pixels. The height follows from it.",
        Minimum: 40,
        Maximum: 4000,
        Default: 0
    );

    /// <summary>The snapshots.</summary>
    protected TallyCache Live => live;

    /// <summary>The database.</summary>
    protected Db Db => db;

    protected static RouteHandlerBuilder Describe(
        RouteHandlerBuilder route,
        string summary,
        string description,
        params QueryParameter[] parameters
    ) =>
        route
            .WithMetadata(new FromMemory())
            .Described(
                "Pictures",
                summary,
                $"{description} The text is in the language of `lang`. It is readable without colour, and has a title and a description with the counts."
            )
            .Takes([Lang.Parameter, ThemeParameter, WidthParameter, .. parameters])
            .Produces<byte[]>(StatusCodes.Status200OK, Svg)
            .ReadsConditionally()
            .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    /// <summary>Reads the parameters of every picture.</summary>
    protected static PictureRequest Read(Query query)
    {
        var width = query.Read(WidthParameter);
        return new PictureRequest(
            query.ReadLanguage(),
            query.Read(ThemeParameter) ?? Theme.Light,
            width == WidthParameter.Default ? null : width
        );
    }

    /// <summary>Sends a picture of a snapshot, from memory if it was drawn before.</summary>
    /// <param name="snapshot">The snapshot, which the caller may see.</param>
    /// <param name="request">How it was requested.</param>
    /// <param name="name">The name of the picture, with everything else that it depends on.</param>
    /// <param name="isPublic">Whether everybody may see this picture.</param>
    /// <param name="draw">Draws it.</param>
    protected async Task SendPicture(
        TallySnapshot snapshot,
        PictureRequest request,
        string name,
        bool isPublic,
        Func<Resolution, Task<byte[]>> draw
    )
    {
        var suffix = $".{name}.{request.Language.Code}.{request.Theme}".ToLowerInvariant();
        var format = new RepresentationFormat(Svg, suffix, Vary);
        var representation = snapshot.Representations.Find(suffix);
        if (representation is null)
        {
            var id = snapshot.Standings.Resolution;
            if (await db.Read(connection => ResolutionStore.Find(connection, id)) is not { } resolution)
            {
                await Problems.NoResolution(id).ExecuteAsync(HttpContext);
                return;
            }
            var body = await draw(resolution);
            representation = snapshot.Representations.GetOrCreate(suffix, format, body, static bytes => bytes);
        }
        if (request.Width is { } width)
        {
            representation = new Representation(
                PictureSize.Resize(representation.Body, width),
                snapshot.EventId,
                format with
                {
                    TagSuffix = $"{suffix}.{width}",
                }
            );
        }
        var headers = HttpContext.Response.Headers;
        headers.ContentLanguage = request.Language.Code;
        headers.XContentTypeOptions = "nosniff";
        // The title is a text of a user: nothing in the file may run or load.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        await ConditionalResponse.Send(HttpContext, representation, isPublic, live.Age);
    }

    /// <summary>What the pictures of members and counts show to this caller.</summary>
    protected static SeatsPicture Seats(
        TallySnapshot snapshot,
        Resolution resolution,
        PictureRequest request,
        Caller caller
    )
    {
        var standings = snapshot.Standings;
        IReadOnlyList<Ballot> ballots =
            !Positions.AreVisibleTo(caller, standings) ? []
            : Positions.ShowCertaintyTo(caller, standings) ? standings.Ballots
            : [.. standings.Ballots.Select(ballot => ballot with { Certainty = null })];
        return new SeatsPicture
        {
            Language = request.Language,
            Theme = request.Theme,
            Tally = snapshot.Tally,
            Ballots = ballots,
            Symbol = resolution.Symbol,
            Title = resolution.Title,
        };
    }

    /// <summary>What of the positions a caller sees, for the name of a picture.</summary>
    protected static string SightOf(Caller caller, Standings standings) =>
        Positions.ShowCertaintyTo(caller, standings) ? "certainty"
        : Positions.AreVisibleTo(caller, standings) ? "names"
        : "counts";

    /// <summary>Draws a component that shows members or counts.</summary>
    protected static Task<byte[]> Draw<TComponent>(object picture)
        where TComponent : Microsoft.AspNetCore.Components.IComponent =>
        ComponentRenderer.Render<TComponent>(
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["Picture"] = picture }
        );
}
