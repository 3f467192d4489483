using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Web.Discovery;

namespace VoteTracker.Web.Embedding;

/// <summary>The oEmbed response for the page of a public resolution: a frame with its count (oEmbed 1.0, type `rich`).</summary>
internal sealed class GetOEmbed(Db db, TallyCache live, Settings settings) : EndpointWithoutRequest
{
    private const int Least = 40;
    private const string Twice = "must be named once";

    public override void Configure()
    {
        Get("/oembed");
        Description(route => route.IsForOtherSites().Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var query = HttpContext.Request.Query;
        if (query["format"].Any(format => format is { Length: > 0 } and not "json"))
        {
            await ProblemTypes.FormatNotSupported.Create().ExecuteAsync(HttpContext);
            return;
        }
        var origin = PublicAddress.Of(HttpContext.Request, settings);
        if (query["url"] is not [{ Length: > 0 } url])
        {
            var fault = query["url"].Count > 1 ? Twice : "is missing: the address of a resolution's page";
            await Problems.Invalid("url", fault).ExecuteAsync(HttpContext);
            return;
        }
        var height = int.MaxValue;
        var wrong = Read(query, "maxwidth", out var width) ?? Read(query, "maxheight", out height);
        if (wrong is not null)
        {
            await wrong.ExecuteAsync(HttpContext);
            return;
        }
        var (id, language) = EmbedFrame.ParsePage(url, origin);
        var snapshot = id is null ? null : await live.FindVisible(id, Caller.Anonymous);
        var resolution = snapshot is null ? null : await db.Read(c => ResolutionStore.Find(c, id!));
        if (resolution is null)
        {
            await Problems
                .NotFound("The address is not that of a public resolution's page here.")
                .ExecuteAsync(HttpContext);
            return;
        }
        await SendFrame(resolution, language, origin, width, height, ct);
    }

    private Task SendFrame(
        Resolution resolution,
        Language? language,
        string origin,
        int maxWidth,
        int maxHeight,
        CancellationToken ct
    )
    {
        var width = Math.Min(maxWidth, EmbedFrame.DefaultWidth);
        var height = Math.Min(EmbedFrame.HeightFor(width), maxHeight);
        var title = $"{resolution.Symbol ?? resolution.Id}: {resolution.Title}";
        var picture = LinkPreview.FitInto(maxWidth, maxHeight);
        var body = new OEmbed
        {
            Title = title,
            ProviderUrl = $"{origin}/",
            Html = EmbedFrame.Html(origin, resolution.Id, language, title, width, height),
            Width = width,
            Height = height,
            ThumbnailUrl = picture is var (w, _) ? LinkPreview.Address(origin, resolution.Id, language, w) : null,
            ThumbnailWidth = picture?.Width,
            ThumbnailHeight = picture?.Height,
        };
        HttpContext.Response.Headers.CacheControl = PublicAddress.CacheFor(300, settings);
        return HttpContext.Response.WriteAsJsonAsync(body, OEmbed.Json, "application/json; charset=utf-8", ct);
    }

    // A limit beyond every number is no limit.
    private static ProblemHttpResult? Read(IQueryCollection query, string name, out int value)
    {
        value = int.MaxValue;
        return query[name] switch
        {
            [] => null,
            { Count: > 1 } => Problems.Invalid(name, Twice),
            [{ Length: > 0 } text] when text.All(char.IsAsciiDigit) && (value = Clamp(text)) >= Least => null,
            _ => Problems.Invalid(name, $"must be a whole number of pixels, {Least} or more"),
        };
    }

    private static int Clamp(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
