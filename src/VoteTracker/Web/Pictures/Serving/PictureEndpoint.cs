using System.Text;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.Resolutions;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>The services of the endpoints of pictures.</summary>
internal sealed record PictureServices(
    TallyCache Live,
    Db Db,
    ForecastCache Forecasts,
    ReferenceData ReferenceData,
    PngRenderer Png,
    ServedPictures Served,
    TimeProvider Clock
);

/// <summary>The base of the endpoints of pictures: SVG, or the same picture as PNG. Each is drawn once for a state.</summary>
internal abstract class PictureEndpoint(PictureServices services) : EndpointWithoutRequest
{
    private const string SvgType = "image/svg+xml";
    private const string PngType = "image/png";

    // A PNG without a width is sharp on a screen with two pixels for each point, and no wider than the previews of links
    // that other sites show.
    private const int PngScale = 2;
    private const int WidestPng = 1_200;

    private static readonly WordParameter<Theme> ThemeParameter = new(
        "theme",
        "The colours: `light` (default) or `dark`."
    );

    private static readonly NumberParameter WidthParameter = new(
        "width",
        "The width in pixels; 0, the default, is the picture's own width, and for PNG twice that, at most 1200. The height follows from it.",
        Minimum: 0,
        Maximum: 4000,
        Default: 0
    );

    private const int LeastWidth = 40;

    /// <summary>The services.</summary>
    protected PictureServices Services => services;

    /// <summary>The caller.</summary>
    protected Caller Caller => Caller.FromContext(HttpContext);

    /// <summary>Declares the addresses and what all pictures have in common.</summary>
    protected void Serve(
        string picture,
        Right right,
        string summary,
        string description,
        params QueryParameter[] parameters
    )
    {
        Get($"/v1/resolutions/{{id}}/{picture}.svg", $"/v1/resolutions/{{id}}/{picture}.png");
        Description(route =>
        {
            route
                .AnsweredFirstBy(TryAnswer)
                .WithMetadata(new FromMemory())
                .Requires(right, hidesExistence: right != Right.ReadPublic)
                .Described(
                    "Pictures",
                    summary,
                    $"{description} It is readable without colour. Its title and its description have the counts as text. A PNG needs fonts on the machine; without them it is a 503."
                )
                .Takes([Lang.Parameter, ThemeParameter, WidthParameter, .. parameters])
                .Produces<byte[]>(StatusCodes.Status200OK, SvgType, PngType)
                .ReadsConditionally()
                .Fails(
                    StatusCodes.Status400BadRequest,
                    StatusCodes.Status404NotFound,
                    StatusCodes.Status503ServiceUnavailable
                );
            if (right == Right.SeeForecasts)
            {
                route.Fails(StatusCodes.Status409Conflict, "The vote is over.");
            }
        });
    }

    /// <summary>Finds the picture for the caller, or the problem that it gets instead.</summary>
    protected abstract Task<(RequestedPicture? Picture, ProblemHttpResult? Problem)> Find(
        string id,
        PictureRequest request,
        Query query
    );

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = new Query(HttpContext);
        var request = Read(query);
        var (picture, problem) = await Find(HttpContext.Part(PathParameters.Resolution), request, query);
        var isPng = HttpContext.Request.Path.Value!.EndsWith(".png", StringComparison.OrdinalIgnoreCase);
        Representation? representation = null;
        if (picture is not null)
        {
            (representation, problem) = isPng
                ? await FindPng(picture, request, ct)
                : (Resize(picture, request, await FindSvg(picture, request)), null);
            problem ??= representation is null ? Problems.NoResolution(picture.Resolution) : null;
        }
        if (problem is not null)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        var served = new ServedPicture(representation!, request.Language.Code, picture!.IsPublic);
        // A picture in its own size is in the cache of its state already, so its address costs no bytes.
        if (request.Width is null && picture.Snapshot is { } snapshot)
        {
            services.Served.Add(snapshot, ServedPictures.NameOf(HttpContext.Request, picture.Sight), served);
        }
        await SendPicture(HttpContext, served);
    }

    /// <summary>Responds with a picture that was served before at the same address. False if there is none.</summary>
    protected virtual ValueTask<bool> TryAnswer(HttpContext http) => ValueTask.FromResult(false);

    /// <summary>Sends a picture, or 304.</summary>
    protected Task SendPicture(HttpContext http, ServedPicture picture)
    {
        var headers = http.Response.Headers;
        headers.ContentLanguage = picture.Language;
        headers.XContentTypeOptions = "nosniff";
        // The title is a text of a user: nothing in the file may run or load.
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return ConditionalResponse.Send(http, picture.Content, picture.IsPublic, services.Live.Age);
    }

    private static PictureRequest Read(Query query)
    {
        var width = query.Read(WidthParameter);
        if (width is > 0 and < LeastWidth)
        {
            query.Wrong(
                WidthParameter,
                $"must be a whole number from {LeastWidth} to {WidthParameter.Maximum}, or 0",
                $"{width}"
            );
        }
        return new PictureRequest(
            query.ReadLanguage(),
            query.Read(ThemeParameter) ?? Theme.Light,
            width == 0 ? null : width
        );
    }

    // Null if the resolution was deleted in the meantime.
    private async Task<Representation?> FindSvg(RequestedPicture picture, PictureRequest request)
    {
        var name = NameOf(picture, request);
        if (picture.Drawings.Find(name) is { } drawn)
        {
            return drawn;
        }
        var resolution = await services.Db.Read(connection => ResolutionStore.Find(connection, picture.Resolution));
        return resolution is null
            ? null
            : picture.Drawings.GetOrCreate(
                name,
                Format(SvgType, name),
                await picture.Draw(resolution),
                static bytes => bytes
            );
    }

    private static Representation? Resize(RequestedPicture picture, PictureRequest request, Representation? svg) =>
        svg is null || request.Width is not { } width
            ? svg
            : new Representation(
                PictureSize.Resize(svg.Body, width),
                picture.StateName,
                Format(SvgType, $"{NameOf(picture, request)}.{width}")
            );

    private async Task<(Representation?, ProblemHttpResult?)> FindPng(
        RequestedPicture picture,
        PictureRequest request,
        CancellationToken ct
    )
    {
        var name = $"{NameOf(picture, request)}.{request.Width ?? 0}.png";
        if (picture.Images.Find(name) is { } drawn)
        {
            return (drawn, null);
        }
        if (await FindSvg(picture, request) is not { } svg)
        {
            return (null, null);
        }
        var width = request.Width ?? (int)Math.Min(WidestPng, Math.Round(PngScale * PictureSize.WidthOf(svg.Body)));
        var png = await services.Png.Render(Encoding.UTF8.GetString(svg.Body), width, ct);
        return png.Outcome switch
        {
            PngOutcome.Drawn => (
                picture.Images.GetOrCreate(name, Format(PngType, name), png.Bytes, static bytes => bytes),
                null
            ),
            PngOutcome.TooLarge => (null, Problems.Invalid(WidthParameter.Name, png.Detail)),
            PngOutcome.Busy => (null, Problems.Unavailable(HttpContext, png.Detail, TimeSpan.FromSeconds(1))),
            _ => (null, Problems.Unavailable(HttpContext, png.Detail, TimeSpan.FromHours(1))),
        };
    }

    private static string NameOf(RequestedPicture picture, PictureRequest request) =>
        $".{picture.Name}.{request.Language.Code}.{(request.Theme == Theme.Dark ? "dark" : "light")}";

    private static RepresentationFormat Format(string type, string suffix) => new(type, suffix, "Authorization");
}
