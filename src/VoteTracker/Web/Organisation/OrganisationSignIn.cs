using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.WebUtilities;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Security;

namespace VoteTracker.Web.Organisation;

/// <summary>The result of a sign-in with the organisation: the session that began, or the reason why none did.</summary>
/// <param name="Result">The session or the reason.</param>
/// <param name="Return">The page to which the reader returns.</param>
internal sealed record OrganisationResult(SignInResult Result, string Return);

/// <summary>
/// Signs people in with the OpenID Connect provider of the organisation: authorization code with PKCE, state and nonce. No
/// token of the provider is stored. Without the setting `SignInAuthority`, no library of OpenID Connect is loaded.
/// </summary>
internal sealed class OrganisationSignIn(Settings settings, People people)
{
    /// <summary>The address to which the provider sends the browser back.</summary>
    public const string CallbackPath = "/signin-oidc";

    /// <summary>Whether the settings have a provider.</summary>
    public bool IsOn => settings.SignInAuthority.Length > 0;

    /// <summary>How long the session of a person lasts.</summary>
    public TimeSpan Lifetime => TimeSpan.FromHours(settings.SignInHours);

    /// <summary>Redirects the browser to the provider; false if the provider cannot be reached.</summary>
    public static async Task<bool> Begin(HttpContext http, string page)
    {
        try
        {
            await OpenIdConnect.Begin(http, page);
            return true;
        }
        catch (Exception exception) when (ProviderFailures.IsUnreachable(exception))
        {
            return false;
        }
    }

    /// <summary>Reads the response of the provider, and begins a session of the person; null if it is not a response.</summary>
    public async Task<OrganisationResult?> Complete(HttpContext http)
    {
        if (await OpenIdConnect.ReadResponse(http) is not { } response)
        {
            return null;
        }
        if (response.Person is not { } person)
        {
            return new OrganisationResult(SignInResult.Rejected(response.Fault), response.Return);
        }
        var result = await people.SignIn(person, Lifetime, http);
        return new OrganisationResult(result, response.Return);
    }

    /// <summary>
    /// The address at the provider that ends the session there too; null if the provider has none or cannot be reached.
    /// </summary>
    public async Task<string?> FindSignOutAddress(HttpContext http)
    {
        try
        {
            return await OpenIdConnect.FindSignOutAddress(http) is { } address
                ? QueryHelpers.AddQueryString(
                    address,
                    new Dictionary<string, string?>(StringComparer.Ordinal)
                    {
                        ["client_id"] = settings.SignInClientId,
                        ["post_logout_redirect_uri"] = $"{PublicAddress.Of(http.Request, settings)}/",
                    }
                )
                : null;
        }
        catch (Exception exception) when (ProviderFailures.IsUnreachable(exception))
        {
            return null;
        }
    }
}

/// <summary>What the provider responded: a person, or the reason why there is none.</summary>
/// <param name="Person">The person; null if the sign-in failed.</param>
/// <param name="Fault">The reason, if there is no person.</param>
/// <param name="Return">The page to which the reader returns.</param>
internal sealed record ProviderResponse(Person? Person, SignInFault Fault, string Return);

/// <summary>Registers the sign-in with the organisation.</summary>
internal static class OrganisationSignInServices
{
    /// <summary>Adds the library of OpenID Connect, but only if the settings have a provider: loading it takes time.</summary>
    public static IServiceCollection AddOrganisationSignIn(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<People>();
        services.AddSingleton<OrganisationSignIn>();
        if (!string.IsNullOrEmpty(settings[nameof(Settings.SignInAuthority)]))
        {
            AddLibrary(services);
        }
        return services;
    }

    // A method of its own, because the runtime loads the assemblies of a method when it compiles it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AddLibrary(IServiceCollection services) => OpenIdConnect.Add(services);
}
