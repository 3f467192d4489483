namespace VoteTracker.Web.Pages;

/// <summary>The page with the form that exchanges a key for a session.</summary>
internal sealed class GetSignInPage(Assets assets) : PageEndpoint(assets)
{
    public override void Configure() => Serve("/sign-in");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var model = new SignInModel { Return = LocalPath.Parse(QueryText("return") ?? "/") ?? "/", Problem = null };
        await SendPage(page, await Render<SignInPage>(page, model), isPublic: false);
    }
}

/// <summary>What the page for signing in shows.</summary>
public sealed record SignInModel
{
    /// <summary>The path to which the form returns.</summary>
    public required string Return { get; init; }

    /// <summary>The message about a key that was not accepted; null before the first try.</summary>
    public required string? Problem { get; init; }
}
