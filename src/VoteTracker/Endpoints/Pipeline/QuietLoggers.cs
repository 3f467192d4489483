namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// Turns off the loggers that write a secret. The first ones write the address of a request before any middleware can
/// remove the secret of a share link from it. The last one writes the code of a sign-in. No setting turns them on.
/// </summary>
internal static class QuietLoggers
{
    private static readonly string[] Categories =
    [
        "Microsoft.AspNetCore.Hosting.Diagnostics",
        "Microsoft.AspNetCore.Server.Kestrel.BadRequests",
        "Microsoft.AspNetCore.Authentication.OpenIdConnect",
    ];

    public static IServiceCollection AddQuietLoggers(this IServiceCollection services) =>
        services.PostConfigure<LoggerFilterOptions>(static options =>
        {
            // A rule of a provider goes before a rule of all providers, so each provider with rules gets its own.
            string?[] providers = [.. options.Rules.Select(rule => rule.ProviderName).Append(null).Distinct()];
            foreach (var provider in providers)
            {
                foreach (var category in Categories)
                {
                    options.Rules.Add(new LoggerFilterRule(provider, category, LogLevel.None, filter: null));
                }
            }
        });
}
