using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace VoteTracker.Tests.Web.Organisation;

/// <summary>The OpenID Connect provider of an organisation, made with OpenIddict, on a port of the loopback address.</summary>
internal sealed class Provider : IAsyncDisposable
{
    public const string ClientId = "votetracker";
    public const string Secret = "the secret of this service at the provider";

    private readonly ConcurrentDictionary<string, bool> _usedCodes = new(StringComparer.Ordinal);
    private readonly WebApplication _app;

    private Provider(FakeTimeProvider clock) => _app = Build(clock);

    /// <summary>The address of the provider.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The id of the person who signs in.</summary>
    public string Subject { get; set; } = "7f3a";

    /// <summary>The name of the person who signs in.</summary>
    public string Name { get; set; } = "Ada Lovelace";

    /// <summary>The values of the claim `roles`.</summary>
    public string[] Roles { get; set; } = ["desk"];

    /// <summary>Whether the person cancels.</summary>
    public bool Denies { get; set; }

    /// <summary>The challenge of PKCE in the last request.</summary>
    public string? Challenge { get; private set; }

    /// <summary>How many tokens were requested with the right secret and verifier.</summary>
    public int Tokens { get; private set; }

    public static async Task<Provider> Start(FakeTimeProvider clock)
    {
        var provider = new Provider(clock);
        await provider._app.StartAsync();
        provider.Address = provider._app.Urls.Single();
        // Its first responses take long on a busy machine, and the service waits 15 seconds at most.
        using var client = new HttpClient();
        foreach (var path in (string[])["openid-configuration", "jwks"])
        {
            using var response = await client.GetAsync($"{provider.Address}/.well-known/{path}");
            response.EnsureSuccessStatusCode();
        }
        return provider;
    }

    /// <summary>The settings of a service that uses the provider.</summary>
    public Dictionary<string, string> Settings(string folder)
    {
        var file = Path.Combine(folder, "client-secret");
        File.WriteAllText(file, Secret + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["SignInAuthority"] = Address,
            ["SignInClientId"] = ClientId,
            ["SignInClientSecretFile"] = file,
            ["SignInRoles"] = "desk=lobbyist, leads=coordinator, votetracker-admins=admin",
        };
    }

    /// <summary>Replaces the key that signs tokens.</summary>
    public void RotateKey()
    {
        var options = _app.Services.GetRequiredService<IOptionsMonitor<OpenIddictServerOptions>>().CurrentValue;
        var key = new RsaSecurityKey(RSA.Create(2048)) { KeyId = Guid.NewGuid().ToString("N") };
        var asymmetric = options.SigningCredentials.Where(c => c.Key is AsymmetricSecurityKey).ToList();
        asymmetric.ShouldNotBeEmpty();
        options.SigningCredentials.Insert(0, new SigningCredentials(key, SecurityAlgorithms.RsaSha256));
        asymmetric.ForEach(old => options.SigningCredentials.Remove(old).ShouldBeTrue());
    }

    /// <summary>Stops the provider.</summary>
    public Task Stop() => _app.StopAsync();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private WebApplication Build(FakeTimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder
            .Services.AddOpenIddict()
            .AddServer(server =>
            {
                server
                    .EnableDegradedMode()
                    .SetAuthorizationEndpointUris("authorize")
                    .SetTokenEndpointUris("token")
                    .SetEndSessionEndpointUris("end")
                    .AllowAuthorizationCodeFlow()
                    .RequireProofKeyForCodeExchange()
                    .RegisterScopes(Scopes.Profile)
                    .AddEphemeralEncryptionKey()
                    .AddEphemeralSigningKey()
                    .DisableAccessTokenEncryption();
                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.Configure(options => options.TimeProvider = clock);
                server.AddEventHandler<ValidateAuthorizationRequestContext>(b => b.UseInlineHandler(CheckClient));
                server.AddEventHandler<HandleAuthorizationRequestContext>(b => b.UseInlineHandler(Authorize));
                server.AddEventHandler<ValidateTokenRequestContext>(b => b.UseInlineHandler(CheckSecret));
                server.AddEventHandler<ValidateEndSessionRequestContext>(b => b.UseInlineHandler(_ => default));
                server.AddEventHandler<HandleEndSessionRequestContext>(b =>
                    b.UseInlineHandler(context =>
                    {
                        context.SignOut();
                        return default;
                    })
                );
            });
        return builder.Build();
    }

    private ValueTask CheckClient(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != ClientId || context.RedirectUri != "http://localhost/signin-oidc")
        {
            context.Reject(Errors.InvalidClient);
        }
        Challenge = context.Request.CodeChallenge;
        return default;
    }

    private ValueTask Authorize(HandleAuthorizationRequestContext context)
    {
        if (Denies)
        {
            context.Reject(Errors.AccessDenied);
            return default;
        }
        var identity = new ClaimsIdentity("provider", Claims.Name, Claims.Role);
        identity.AddClaim(new Claim(Claims.Subject, Subject));
        identity.AddClaim(new Claim(Claims.Name, Name));
        foreach (var role in Roles)
        {
            identity.AddClaim(new Claim("roles", role));
        }
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        var principal = new ClaimsPrincipal(identity);
        principal.SetScopes(context.Request.GetScopes());
        context.SignIn(principal);
        return default;
    }

    // A code is used once, as with a provider that has a database.
    private ValueTask CheckSecret(ValidateTokenRequestContext context)
    {
        if (context.ClientId != ClientId || context.Request.ClientSecret != Secret)
        {
            context.Reject(Errors.InvalidClient);
        }
        else if (!_usedCodes.TryAdd(context.Request.Code!, true))
        {
            context.Reject(Errors.InvalidGrant);
        }
        else
        {
            Tokens++;
        }
        return default;
    }
}
