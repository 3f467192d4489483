using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace VoteTracker.Tests.Endpoints.Server;

/// <summary>A client with connections of its own, which accepts any certificate and keeps its name.</summary>
internal sealed class TlsClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly Version _version;
    private string _name = "";

    public TlsClient(Uri address, Version? version = null)
    {
        _version = version ?? HttpVersion.Version11;
        _http = new HttpClient(
            new SocketsHttpHandler
            {
                SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        Connections++;
                        Sent = 1 + chain!.ChainPolicy.ExtraStore.Count(c => c.Subject != certificate!.Subject);
                        _name = ((X509Certificate2)certificate!).GetNameInfo(X509NameType.SimpleName, false);
                        return true;
                    },
                },
            }
        )
        {
            BaseAddress = address,
        };
    }

    public int Connections { get; private set; }

    public int Sent { get; private set; }

    public string? Strict { get; private set; }

    public Version? Version { get; private set; }

    public async Task<string> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = _version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await _http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(200);
        Version = answer.Version;
        Strict = answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null;
        await answer.Content.ReadAsStringAsync();
        return _name;
    }

    public void Dispose() => _http.Dispose();
}
