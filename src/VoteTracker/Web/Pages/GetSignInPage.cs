using VoteTracker.Security;

namespace VoteTracker.Web.Pages;

/// <summary>The page with the form that exchanges a key for a session, and the link to the organisation's sign-in.</summary>
internal sealed class GetSignInPage(Settings settings, Assets assets) : PageEndpoint(assets)
{
    public override void Configure() => Serve("/sign-in");

    public override async Task HandleAsync(CancellationToken ct)
    {
        var page = CreateContext();
        var model = SignInModel.Create(settings, LocalPath.Parse(QueryText("return") ?? "/") ?? "/", fault: null);
        await SendPage(page, await Render<SignInPage>(page, model), isPublic: false);
    }
}

/// <summary>What the page for signing in shows.</summary>
public sealed record SignInModel
{
    /// <summary>The path to which the form returns.</summary>
    public required string Return { get; init; }

    /// <summary>The message about the last try; null before the first one.</summary>
    public required string? Problem { get; init; }

    /// <summary>Whether people can sign in with the organisation.</summary>
    public required bool HasOrganisation { get; init; }

    /// <summary>The page after a try, or before the first one.</summary>
    internal static SignInModel Create(Settings settings, string page, SignInFault? fault) =>
        new()
        {
            Return = page,
            Problem = fault is { } reason ? SignInProblem.TextOf(reason) : null,
            HasOrganisation = settings.SignInAuthority.Length > 0,
        };
}
