using System.Text.Json;
using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;

namespace VoteTracker.Web.Embedding;

/// <summary>
/// What the element `vote-tally` shows, in the reader's language. It belongs to the script of the element, and is not part
/// of the contract.
/// </summary>
internal sealed class GetEmbedData(Assets assets, Db db, TallyCache live) : EmbedEndpoint(assets, db, live)
{
    public override void Configure() => Embed("/embed/{id}.json");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreatePublicContext();
        var name = $".embed.{page.Language.Code}.json";
        var format = RepresentationFormat.Json with { TagSuffix = name, Vary = "Accept-Language" };
        var json = await Find(
            name,
            format,
            model => Task.FromResult(JsonSerializer.SerializeToUtf8Bytes(EmbedData.Create(page, model), Json.Options))
        );
        if (json is not null)
        {
            await SendPublic(page, json);
            return;
        }
        HttpContext.Response.StatusCode = StatusCodes.Status404NotFound;
        await HttpContext.Response.WriteAsJsonAsync(
            new EmbedMessage(page.Language.Code, page.Language.Direction, page.Text("embed.not-public.text")),
            Json.Options,
            ct
        );
    }
}
