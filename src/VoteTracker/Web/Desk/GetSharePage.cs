using VoteTracker.Database;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sharing;
using VoteTracker.Security;

namespace VoteTracker.Web.Desk;

/// <summary>The share links of a resolution: a coordinator creates, copies and revokes them here.</summary>
internal sealed class GetSharePage(Assets assets, Db db, ShareLinkUses uses, TimeProvider clock)
    : DeskPageEndpoint(assets)
{
    private const int MaxLinks = 200;

    public override void Configure() => Serve("/desk/{id}/share");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var id = HttpContext.Part(PathParameters.Resolution);
        var mayShare = page.Caller.May(Right.ShareResolutions);
        if (mayShare)
        {
            await uses.Save();
        }
        var now = clock.GetUtcNow();
        var model = await db.Read(async connection =>
            await ResolutionAccess.Find(connection, id, page.Caller) is not { Resolution: { } resolution }
                ? null
                : new ShareModel
                {
                    Resolution = resolution,
                    Now = now,
                    Links = mayShare
                        ?
                        [
                            .. (await ShareLinkStore.ListValidFirst(connection, id, now, MaxLinks + 1)).Select(row =>
                                row.Link
                            ),
                        ]
                        : null,
                }
        );
        if (model?.Links is { Count: > MaxLinks } links)
        {
            model = model with { Links = [.. links.Take(MaxLinks)], HasMore = true };
        }
        if (model is null)
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<SharePage>(page, model), isPublic: false);
    }
}

/// <summary>What the page of share links shows.</summary>
public sealed record ShareModel
{
    /// <summary>The resolution.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>The current moment.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The links, the valid ones first; null if the reader may not see them.</summary>
    public required IReadOnlyList<ShareLink>? Links { get; init; }

    /// <summary>Whether the resolution has more links than these.</summary>
    public bool HasMore { get; init; }
}
