using VoteTracker.Database;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Live;
using VoteTracker.Voting.Rules;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Web.Embedding;

/// <summary>
/// The count of a public resolution, for a frame of another site. A resolution that is not public and one that does not
/// exist are the same page, with 404.
/// </summary>
internal sealed class GetEmbedPage(Assets assets, Db db, TallyCache live) : EmbedEndpoint(assets, db, live)
{
    public override void Configure() => Embed("/embed/{id}");

    public override async Task HandleAsync(CancellationToken ct)
    {
        PageHeaders.SetFramable(HttpContext.Response.Headers);
        var page = CreatePublicContext();
        var theme = Theme is { } named ? EnumWord<Theme>.ToWord(named) : "auto";
        var name = $".embed.{page.Language.Code}.{theme}{(HasSeats ? ".seats" : "")}";
        var format = new RepresentationFormat("text/html; charset=utf-8", name, "Accept-Language");
        var html = await Find(name, format, async model => (await Render<EmbedPage>(page, model)).Body);
        if (html is not null)
        {
            await SendPublic(page, html);
            return;
        }
        HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
        await SendPage(page, await Render<NotPublicPage>(page, new NotPublicModel(Theme)), isPublic: false);
    }
}

/// <summary>The colours of the page that says that a count is not public.</summary>
public sealed record NotPublicModel(Theme? Theme);
