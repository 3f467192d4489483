using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Desk;

/// <summary>
/// The whip sheet of a resolution: every member state with its stance and what there is to do. A reader without a session
/// signs in first. `only` names the states that are shown, for a page that draws again what changed; `-` names none.
/// </summary>
internal sealed class GetDeskPage(Assets assets, DeskLoader loader, TallyCache live) : DeskPageEndpoint(assets)
{
    public override void Configure() => Serve("/desk/{id}");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        if (RedirectToSignIn(page))
        {
            return;
        }
        var id = HttpContext.Part(PathParameters.Resolution);
        var only = QueryText("only") is { } codes ? ReadCodes(codes) : null;
        if (
            await live.FindVisible(id, page.Caller, Number("atLeast", 0)) is not { } snapshot
            || await loader.Load(snapshot, page.Caller, page.Language, only) is not { } model
        )
        {
            await SendNotFound(page);
            return;
        }
        await SendPage(page, await Render<DeskPage>(page, model), isPublic: false);
    }

    private static HashSet<string> ReadCodes(string codes) =>
        [.. codes.Split(',').Where(code => code.Length == 3).Select(code => code.ToUpperInvariant())];
}
