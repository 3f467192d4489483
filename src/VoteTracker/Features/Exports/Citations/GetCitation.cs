using System.Security.Cryptography;
using System.Text;
using FastEndpoints;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.Resolutions;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Exports.Citations;

/// <summary>The format of a citation.</summary>
internal enum CitationFormat
{
    /// <summary>JSON with all of the others.</summary>
    Json,

    /// <summary>BibTeX.</summary>
    Bib,

    /// <summary>Citation File Format 1.2.0.</summary>
    Cff,

    /// <summary>Plain text.</summary>
    Txt,
}

/// <summary>Shows how to cite a resolution's data.</summary>
internal sealed class GetCitation(Db db, Settings settings) : EndpointWithoutRequest
{
    private const string Path = "/v1/resolutions/{id}/citation";

    // In the order of CitationFormat. The first is the default if the Accept header names none.
    private static readonly string[] MediaTypes =
    [
        "application/json",
        BibTeX.MediaType,
        CitationFile.MediaType,
        "text/plain",
    ];

    public override void Configure()
    {
        Get(Path, $"{Path}.{{format}}");
        Description(route =>
            route
                .Requires(Right.ReadPublic)
                .Described(
                    "Exports",
                    "Shows how to cite a resolution's data",
                    "The citation as text, BibTeX and CITATION.cff, and the address of the data package as of the last change. The bytes at that address do not change. Until the vote is recorded, that address needs a key. The address begins with the setting `PublicUrl`, or else with the address of the request. The endings `.txt`, `.bib` and `.cff` return only that text. Without an ending, the `Accept` header chooses. A caller that may see the tally may see it."
                )
                .Produces<ResolutionCitation>(StatusCodes.Status200OK, MediaTypes[0], MediaTypes[1..])
                .WithMetadata(
                    new PathParameter("format", "The format of the citation.", "bib")
                    {
                        Words = EnumWord<CitationFormat>.All,
                    }
                )
                .ReadsConditionally()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var ending = (string?)HttpContext.Request.RouteValues["format"];
        var query = new Query(HttpContext);
        var format = CitationFormat.Json;
        if (ending is null)
        {
            format = (CitationFormat)ContentNegotiation.Choose(HttpContext.Request.Headers.Accept, MediaTypes);
        }
        else if (!EnumWord<CitationFormat>.TryParse(ending, out format))
        {
            query.Wrong("format", WrongWord.Describe(EnumWord<CitationFormat>.All, ending));
        }
        var caller = Caller.FromContext(HttpContext);
        var origin = PublicAddress.Of(HttpContext.Request, settings);
        var (resolution, citation) = await db.Read(async connection =>
        {
            var found = await RouteResolution.Load(connection, id, caller);
            return (found, await ResolutionCitation.Load(connection, found, origin));
        });
        if (query.Problem is { } problem)
        {
            await problem.ExecuteAsync(HttpContext);
            return;
        }
        ETags.Set(HttpContext, Tag(resolution.Version, origin, format));
        if (ETags.IsKnown(HttpContext.Request, HttpContext.Response.Headers.ETag.ToString()))
        {
            HttpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        if (format == CitationFormat.Json)
        {
            await TypedResults.Ok(citation).ExecuteAsync(HttpContext);
            return;
        }
        var text = format switch
        {
            CitationFormat.Bib => citation.Bibtex,
            CitationFormat.Cff => citation.Cff,
            _ => citation.Text,
        };
        var type = $"{MediaTypes[(int)format]}; charset=utf-8";
        await TypedResults.Text(text, type, Encoding.UTF8).ExecuteAsync(HttpContext);
    }

    // A tag identifies one representation. The text also depends on the address that it begins with.
    private static string Tag(long version, string origin, CitationFormat format)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)))[..8];
        var tag = $"{ETags.FromVersion(version)[..^1]}.{hash}";
        return format == CitationFormat.Json ? $"{tag}\"" : $"{tag}.{EnumWord<CitationFormat>.ToWord(format)}\"";
    }
}
