using System.Net.Http.Json;
using VoteTracker.Endpoints.Pipeline;

namespace VoteTracker.Tests.Web;

/// <summary>A browser of one reader: it keeps the cookie of the session, and states that its requests are its own page's.</summary>
internal sealed class CookieBrowser(App app, string scheme = "http") : IDisposable
{
    private readonly HttpClient _client = app.CreateClient(
        new()
        {
            BaseAddress = new Uri($"{scheme}://localhost"),
            AllowAutoRedirect = false,
            HandleCookies = false,
        }
    );

    /// <summary>The cookie that it sends, `name=value`; null without one.</summary>
    public string? Cookie { get; set; }

    /// <summary>The value of the cookie.</summary>
    public string Token => Cookie![(Cookie!.IndexOf('=', StringComparison.Ordinal) + 1)..];

    /// <summary>Signs in, and keeps the cookie.</summary>
    public async Task SignIn(string key)
    {
        using var answer = await Send("/sign-in", ("key", key));
        ((int)answer.StatusCode).ShouldBe(303, await answer.Content.ReadAsStringAsync());
        Cookie = answer.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().Split(';')[0];
    }

    /// <summary>Signs out, and still has the cookie, as a thief would.</summary>
    public async Task SignOut()
    {
        using var answer = await Send("/sign-out");
        ((int)answer.StatusCode).ShouldBe(303);
    }

    /// <summary>Sends a form of a page of the service.</summary>
    public Task<HttpResponseMessage> Send(string path, params (string Name, string Value)[] fields) =>
        Send(path, "same-origin", fields);

    /// <summary>Sends a form; null if the browser does not state where it comes from.</summary>
    public async Task<HttpResponseMessage> Send(
        string path,
        string? site,
        (string Name, string Value)[] fields,
        string? origin = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        };
        return await Send(request, site, origin);
    }

    /// <summary>Sends a JSON body as a script of a page does, by default with the proof of the session.</summary>
    public async Task<HttpResponseMessage> Write(
        HttpMethod method,
        string path,
        object? body = null,
        string? site = "same-origin",
        string? origin = null,
        string? proof = "",
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = JsonContent.Create(body);
        }
        Add(request, "If-Match", "*");
        Add(request, SessionCookie.ProofHeader, proof is "" ? SessionCookie.ProofOf(Token) : proof);
        Add(request, "Idempotency-Key", idempotencyKey);
        return await Send(request, site, origin);
    }

    /// <summary>Reads an address.</summary>
    public Task<HttpResponseMessage> Get(string path, string? site = null, string? origin = null, string? tag = null) =>
        Send(HttpMethod.Get, path, site, origin, tag);

    /// <summary>Sends a request without a body.</summary>
    public async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string path,
        string? site = null,
        string? origin = null,
        string? tag = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", tag).ShouldBeTrue();
        }
        return await Send(request, site, origin);
    }

    /// <summary>The status of a read.</summary>
    public async Task<int> Status(string path, string? site = null, string? origin = null)
    {
        using var answer = await Get(path, site, origin);
        return (int)answer.StatusCode;
    }

    public void Dispose() => _client.Dispose();

    private Task<HttpResponseMessage> Send(HttpRequestMessage request, string? site, string? origin)
    {
        Add(request, "Cookie", Cookie);
        Add(request, "Sec-Fetch-Site", site);
        Add(request, "Origin", origin);
        return _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static void Add(HttpRequestMessage request, string name, string? value)
    {
        if (value is not null)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }
    }
}
