using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Metadata;

namespace VoteTracker.Endpoints.Pipeline;

/// <summary>
/// The cookie of a browser that signed in. It holds a random token, and scripts cannot read it. Browsers send it only to
/// this host, and never with a request that another site started (`SameSite=Strict`).
/// </summary>
/// <remarks>
/// A write with the cookie also has a proof, which is derived from the token. Pages of this service contain it, and other
/// origins cannot read those pages. So another site cannot write with the cookie. A response to it is never stored: browsers
/// would show it after the reader signed out.
/// </remarks>
internal static class SessionCookie
{
    /// <summary>How many bytes a token has.</summary>
    public const int TokenBytes = 32;

    /// <summary>The header with the proof of a write.</summary>
    public const string ProofHeader = "X-Session-Proof";

    // Base64url of the bytes.
    private const int TokenLength = 43;
    private const string PlainName = "votetracker";

    // Browsers accept this prefix only with Secure, Path=/ and no Domain. So another host of the domain cannot set it.
    private const string SecureName = "__Host-votetracker";

    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    );

    /// <summary>
    /// The token of a request that has no key and may use the cookie; null without a well-formed one. A read that another
    /// origin started has none, even if the browser sent it. A write has one only with its proof.
    /// </summary>
    public static string? Read(HttpContext http) =>
        !IsCandidate(http) ? null
        : HttpMethods.IsGet(http.Request.Method) ? (RequestOrigin.MayUseCookie(http.Request) ? ReadToken(http) : null)
        : IsWrite(http)
        && ReadToken(http) is { } token
        && RequestOrigin.IsOwnForm(http.Request)
        && HasProof(http, token)
            ? token
        : null;

    /// <summary>The token of a write that does not prove that a page of this service sent it; null for all other requests.</summary>
    public static string? ReadUnproved(HttpContext http) =>
        IsCandidate(http) && IsWrite(http) && Read(http) is null ? ReadToken(http) : null;

    /// <summary>The proof of a token, which a page of this service sends with each write.</summary>
    public static string ProofOf(string token) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($"votetracker session proof\n{token}")));

    /// <summary>The token of any request, for the form that signs out.</summary>
    public static string? ReadToken(HttpContext http) =>
        http.Request.Cookies[NameFor(http)] is { Length: TokenLength } token
        && !token.AsSpan().ContainsAnyExcept(TokenCharacters)
            ? token
            : null;

    /// <summary>Sets the cookie.</summary>
    public static void Append(HttpContext http, string token, TimeSpan lifetime) =>
        http.Response.Cookies.Append(NameFor(http), token, Options(http, lifetime));

    /// <summary>Deletes the cookie.</summary>
    public static void Delete(HttpContext http) => http.Response.Cookies.Delete(NameFor(http), Options(http, null));

    /// <summary>Marks a request whose caller the cookie named. Its response is not stored, and no other origin reads it.</summary>
    public static void MarkCaller(HttpContext http)
    {
        http.Features.Set(CallerByCookie.Instance);
        // At the end, because an endpoint or a problem sets headers of its own.
        http.Response.OnStarting(static state => KeepFromCaches((HttpContext)state), http);
    }

    /// <summary>Whether the cookie named the caller.</summary>
    public static bool NamesCaller(HttpContext http) =>
        http.Request.Headers.Cookie.Count > 0 && http.Features.Get<CallerByCookie>() is not null;

    // A request without a cookie leaves after one look at its headers.
    private static bool IsCandidate(HttpContext http) =>
        http.Request.Headers.Cookie.Count > 0
        && http.Request.Headers.Authorization.Count == 0
        && http.GetEndpoint()?.Metadata.GetMetadata<IgnoresSession>() is null;

    // A form of a page proves itself by its origin alone.
    private static bool IsWrite(HttpContext http) =>
        (
            HttpMethods.IsPost(http.Request.Method)
            || HttpMethods.IsPut(http.Request.Method)
            || HttpMethods.IsPatch(http.Request.Method)
            || HttpMethods.IsDelete(http.Request.Method)
        ) && http.GetEndpoint()?.Metadata.GetMetadata<Page>() is null;

    private static bool HasProof(HttpContext http, string token) =>
        http.Request.Headers[ProofHeader] is [{ } proof]
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(proof),
            Encoding.UTF8.GetBytes(ProofOf(token))
        );

    private static Task KeepFromCaches(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = ETags.NotStored;
        headers.AccessControlAllowOrigin = default;
        headers.AccessControlExposeHeaders = default;
        return Task.CompletedTask;
    }

    private static string NameFor(HttpContext http) => http.Request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpContext http, TimeSpan? lifetime) =>
        new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            Path = "/",
            MaxAge = lifetime,
            IsEssential = true,
        };

    private sealed class CallerByCookie
    {
        public static readonly CallerByCookie Instance = new();
    }
}
