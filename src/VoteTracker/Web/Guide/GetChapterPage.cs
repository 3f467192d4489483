using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Guide;

/// <summary>A chapter of the guide.</summary>
internal sealed class GetChapterPage(Assets assets, Chapters chapters, Settings settings) : PageEndpoint(assets)
{
    public override void Configure()
    {
        Get("/guide/{chapter}");
        Description(route => route.IsPage().WithMetadata(new FromMemory()).Requires(Right.ReadPublic));
    }

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var name = HttpContext.Request.RouteValues["chapter"] as string ?? "";
        if (chapters.Find(name) is not { } chapter)
        {
            await SendNotFound(page);
            return;
        }
        var entrance = chapters.Entrances.First(e => e.Chapters.Contains(chapter));
        var at = entrance.Chapters.Index().First(item => item.Item == chapter).Index;
        var model = new ChapterModel
        {
            Chapter = chapter,
            Html = chapter.Html(PublicAddress.Of(HttpContext.Request, settings)),
            Entrance = entrance.Name,
            Previous = entrance.Chapters.ElementAtOrDefault(at - 1),
            Next = entrance.Chapters.ElementAtOrDefault(at + 1),
        };
        await SendPage(
            page,
            await Render<ChapterPage>(page, model),
            isPublic: chapter.Parts.Count == 1 || PublicAddress.IsFixed(settings)
        );
    }
}

/// <summary>A chapter with its place in the guide.</summary>
public sealed record ChapterModel
{
    /// <summary>The chapter.</summary>
    public required Chapter Chapter { get; init; }

    /// <summary>Its HTML, with the address of the service in its examples.</summary>
    public required string Html { get; init; }

    /// <summary>The name of its entrance.</summary>
    public required string Entrance { get; init; }

    /// <summary>The chapter before it; null at the start of the entrance.</summary>
    public required Chapter? Previous { get; init; }

    /// <summary>The chapter after it; null at the end of the entrance.</summary>
    public required Chapter? Next { get; init; }
}
