using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Security;
using VoteTracker.Web.Pages;

namespace VoteTracker.Web.Organisation;

/// <summary>
/// The handler of ASP.NET Core for OpenID Connect, without its cookie: the service begins a session of its own. Only this
/// class and <see cref="SealedFormat{T}"/> use the library.
/// </summary>
internal static class OpenIdConnect
{
    private const string Name = "organisation";

    private static readonly AuthenticationScheme Scheme = new(Name, null, typeof(OpenIdConnectHandler));

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Adds the handler. Nothing is read from the provider until the first sign-in.</summary>
    public static void Add(IServiceCollection services)
    {
        services.AddWebEncoders();
        // Not as a scheme of the application: ASP.NET Core would then add its authentication middleware to every request.
        services.AddTransient<OpenIdConnectHandler>();
        services.AddOptions<OpenIdConnectOptions>(Name).Configure<Settings, Cursors, TimeProvider>(Configure);
        // State and nonce have a format of their own, so nothing else is encrypted with it.
        services.AddSingleton<IPostConfigureOptions<OpenIdConnectOptions>>(
            new OpenIdConnectPostConfigureOptions(new EphemeralDataProtectionProvider())
        );
    }

    /// <summary>Redirects the browser to the provider, which sends it back for this page.</summary>
    public static async Task Begin(HttpContext http, string page) =>
        await (await Create(http)).ChallengeAsync(new AuthenticationProperties { RedirectUri = page });

    /// <summary>Reads the response of the provider; null if it is not a response.</summary>
    public static async Task<ProviderResponse?> ReadResponse(HttpContext http) =>
        await (await Create(http)).HandleRequestAsync() ? http.Features.Get<ProviderResponse>() : null;

    /// <summary>The address that ends the session at the provider; null if it has none.</summary>
    public static async Task<string?> FindSignOutAddress(HttpContext http)
    {
        var options = http.RequestServices.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(Name);
        // The type of the configuration is not part of what is awaited. Otherwise every start would load its library.
        var address = await options
            .ConfigurationManager!.GetConfigurationAsync(http.RequestAborted)
            .ContinueWith(static task => task.GetAwaiter().GetResult().EndSessionEndpoint, TaskScheduler.Default);
        return string.IsNullOrEmpty(address) ? null : address;
    }

    // A handler is for one request. Its type is not part of what is awaited, as above.
    private static async Task<IAuthenticationRequestHandler> Create(HttpContext http)
    {
        IAuthenticationRequestHandler handler = http.RequestServices.GetRequiredService<OpenIdConnectHandler>();
        await handler.InitializeAsync(Scheme, http);
        return handler;
    }

    private static void Configure(OpenIdConnectOptions options, Settings settings, Cursors cursors, TimeProvider clock)
    {
        options.Authority = settings.SignInAuthority.TrimEnd('/');
        options.ClientId = settings.SignInClientId;
        options.ClientSecret =
            settings.SignInClientSecretFile.Length == 0
                ? null
                : SecretFile.Load(nameof(settings.SignInClientSecretFile), settings.SignInClientSecretFile);
        // The check of the settings allows plain http on the loopback address only.
        options.RequireHttpsMetadata = options.Authority.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
        options.ResponseType = OpenIdConnectResponseType.Code;
        // A GET brings the cookies with SameSite=Lax; the POST of the default mode would need SameSite=None.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.CallbackPath = OrganisationSignIn.CallbackPath;
        options.BackchannelTimeout = TimeSpan.FromSeconds(15);
        options.TimeProvider = clock;
        options.Scope.Clear();
        options.Scope.Add("openid");
        foreach (var scope in settings.SignInScopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            options.Scope.Add(scope);
        }
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.HttpOnly = true;
            cookie.IsEssential = true;
        }
        options.StateDataFormat = new SealedFormat<AuthenticationProperties>(
            "sign-in state",
            cursors,
            PropertiesSerializer.Default
        );
        options.StringDataFormat = new SealedFormat<string>("sign-in nonce", cursors, TextSerializer.Instance);
        options.TokenValidationParameters.NameClaimType = settings.SignInNameClaim;
        options.TokenValidationParameters.RoleClaimType = settings.SignInRoleClaim;
        options.TokenValidationParameters.ClockSkew = ClockSkew;
        options.TokenValidationParameters.LifetimeValidator = (from, until, _, _) =>
            clock.GetUtcNow().UtcDateTime is var now
            && until > now - ClockSkew
            && (from is null || from <= now + ClockSkew);
        options.Events.OnRedirectToIdentityProvider = context =>
        {
            context.ProtocolMessage.RedirectUri =
                PublicAddress.Of(context.Request, settings) + OrganisationSignIn.CallbackPath;
            return Task.CompletedTask;
        };
        options.Events.OnTicketReceived = context =>
        {
            Respond(
                context.HttpContext,
                FindPerson(context.Principal!, settings),
                SignInFault.Failed,
                context.ReturnUri
            );
            context.HandleResponse();
            return Task.CompletedTask;
        };
        options.Events.OnAccessDenied = context =>
        {
            Respond(context.HttpContext, null, SignInFault.Denied, context.Properties?.RedirectUri);
            context.HandleResponse();
            return Task.CompletedTask;
        };
        options.Events.OnRemoteFailure = context =>
        {
            var fault = ProviderFailures.IsUnreachable(context.Failure) ? SignInFault.Unreachable : SignInFault.Failed;
            Respond(context.HttpContext, null, fault, context.Properties?.RedirectUri);
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    private static void Respond(HttpContext http, Person? person, SignInFault fault, string? page) =>
        http.Features.Set(new ProviderResponse(person, fault, LocalPath.Parse(page) ?? "/"));

    // The subject is only unique at its issuer.
    private static Person? FindPerson(ClaimsPrincipal principal, Settings settings) =>
        principal.FindFirst("sub") is { Value.Length: > 0 } subject
            ? new Person(
                principal.FindFirst("iss")?.Value ?? subject.Issuer,
                subject.Value,
                principal.FindFirst(settings.SignInNameClaim)?.Value ?? "",
                RoleClaims
                    .Parse(settings.SignInRoles)
                    .FindHighest(principal.FindAll(settings.SignInRoleClaim).Select(claim => claim.Value))
            )
            : null;
}
