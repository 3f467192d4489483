using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using VoteTracker.Endpoints.Binding;

namespace VoteTracker.Features.Webhooks.Sending;

/// <summary>The result of an attempt.</summary>
/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="Fault">Why it failed; null if it was delivered.</param>
internal sealed record SendResult(int? Status, DeliveryFault? Fault)
{
    /// <summary>The wait that the receiver asks for.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the receiver accepted it.</summary>
    public bool IsDelivered => Fault is null;
}

/// <summary>
/// Posts messages as the Standard Webhooks specification says. Each connection is made to an address that was checked, so a
/// name that changes its address gains nothing. There is no proxy and no cookie.
/// </summary>
internal sealed class WebhookClient : IDisposable
{
    /// <summary>How long an attempt takes at most, with its redirects.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private const int MostRedirects = 3;

    // Of a longer response nothing is read, and its connection is closed.
    private const int MostRead = 64 * 1024;
    private const int MostHeaderKilobytes = 16;

    private readonly ReceiverAddress _addresses;
    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    public WebhookClient(ReceiverAddress addresses, TimeProvider clock)
    {
        (_addresses, _clock) = (addresses, clock);
        _http = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                UseCookies = false,
                ActivityHeadersPropagator = null,
                ConnectCallback = Connect,
                ConnectTimeout = Timeout,
                MaxResponseHeadersLength = MostHeaderKilobytes,
                // A connection is checked again at least this often.
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
                MaxResponseDrainSize = 0,
            }
        );
    }

    /// <summary>Posts a message once. It never throws, unless it is stopped.</summary>
    public async Task<SendResult> Send(WebhookRow webhook, EventMessage message, CancellationToken stop)
    {
        using var timeout = new CancellationTokenSource(Timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stop);
        try
        {
            return await Post(webhook, message, either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new SendResult(Status: null, DeliveryFault.Timeout);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new SendResult(Status: null, Classify(exception));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<SendResult> Post(WebhookRow webhook, EventMessage message, CancellationToken ct)
    {
        var body = BodyOf(webhook, message);
        var address = new Uri(webhook.Url);
        // The setting WebhookHosts can have changed since it was saved.
        if (_addresses.FindFault(address) is not null)
        {
            return new SendResult(Status: null, DeliveryFault.RefusedAddress);
        }
        for (var redirects = 0; ; redirects++)
        {
            using var request = CreateRequest(address, webhook, message, body);
            using var response = await _http.SendAsync(request, ct);
            await Drain(response, ct);
            var status = (int)response.StatusCode;
            if (status is < 300 or > 399)
            {
                return new SendResult(status, status is >= 200 and <= 299 ? null : DeliveryFault.Status)
                {
                    RetryAfter = RetryAfterOf(response),
                };
            }
            // Other redirects ask for a GET.
            if (status is not (307 or 308) || redirects == MostRedirects || response.Headers.Location is not { } next)
            {
                return new SendResult(status, DeliveryFault.Redirect);
            }
            address = new Uri(address, next);
            if (_addresses.FindFault(new Uri(address.GetLeftPart(UriPartial.Query))) is not null)
            {
                return new SendResult(status, DeliveryFault.RefusedAddress);
            }
        }
    }

    private static byte[] BodyOf(WebhookRow webhook, EventMessage message) =>
        webhook.Format == "text"
            ? JsonSerializer.SerializeToUtf8Bytes(new { text = message.Line }, Json.Options)
            : Encoding.UTF8.GetBytes(message.Payload);

    private HttpRequestMessage CreateRequest(Uri address, WebhookRow webhook, EventMessage message, byte[] body)
    {
        var now = _clock.GetUtcNow();
        var timestamp = now.ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("VoteTracker", null));
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(
            "webhook-signature",
            WebhookSecret.Sign(webhook.SecretsAt(now), message.Id, timestamp, body)
        );
        return request;
    }

    // A short response is read to its end, so that the connection can be used again. Its content does not matter.
    private static async Task Drain(HttpResponseMessage response, CancellationToken ct)
    {
        try
        {
            await using var content = await response.Content.ReadAsStreamAsync(ct);
            var buffer = new byte[8 * 1024];
            for (var read = 0; read < MostRead; )
            {
                var count = await content.ReadAsync(buffer, ct);
                if (count == 0)
                {
                    return;
                }
                read += count;
            }
        }
        catch (Exception exception)
            when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status has arrived, and decides.
        }
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - _clock.GetUtcNow(),
            _ => null,
        };

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await _addresses.Resolve(host, port, ct);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static DeliveryFault Classify(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RefusedAddressException:
                    return DeliveryFault.RefusedAddress;
                case SocketException
                {
                    SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain
                }:
                    return DeliveryFault.UnknownHost;
                default:
                    break;
            }
        }
        return exception is not HttpRequestException failure
            ? DeliveryFault.Connection
            : failure.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => DeliveryFault.UnknownHost,
                HttpRequestError.SecureConnectionError => DeliveryFault.Tls,
                HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded =>
                    DeliveryFault.Response,
                _ => DeliveryFault.Connection,
            };
    }
}
