using System.Globalization;
using System.Text.Json;

namespace VoteTracker.Features.Doctor;

/// <summary>Whether a service responds at the address of the settings, and is ready. A stopped service is no fault.</summary>
internal sealed class ServiceCheck : ICheck
{
    private const string Check = "service";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<IReadOnlyList<Finding>> Run(Examination examination)
    {
        var address = ListenAddresses
            .Parse(examination.Settings.Urls)
            .Where(a => a.Port != 0 && (a.Scheme == Uri.UriSchemeHttp || a.Scheme == Uri.UriSchemeHttps))
            .MinBy(a => a.Scheme == Uri.UriSchemeHttp ? 0 : 1);
        if (address is null)
        {
            return [Finding.Ok(Check, "Urls has no http or https address with a port, so the service was not asked.")];
        }
        var ready = new Uri(ListenAddresses.ToLocal(address), "/health/ready");
        try
        {
            using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
#pragma warning disable CA5359, MA0039 // The certificate has the public name. The request is local, and has no secret.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359, MA0039
            using var client = new HttpClient(handler) { Timeout = Timeout };
            using var response = await client.GetAsync(ready);
            return [await Judge(ready, response)];
        }
        catch (HttpRequestException)
        {
            return [Finding.Ok(Check, $"No service listens at {ready.Authority}. The other checks do not need one.")];
        }
        catch (OperationCanceledException)
        {
            return
            [
                Finding.Error(
                    Check,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The service at {ready.Authority} did not respond within {Timeout.TotalSeconds:0} seconds."
                    ),
                    "Look at its log and at the load of the machine. Restart it if it stays so."
                ),
            ];
        }
    }

    private static async Task<Finding> Judge(Uri ready, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (response.IsSuccessStatusCode && FindText(text, "status") == "ready")
        {
            return FindText(text, "warning") is { } warning
                ? Finding.Warning(
                    Check,
                    $"The service at {ready.Authority} is ready, with a warning: {warning}",
                    "src/operations/clock.md says what the service does meanwhile."
                )
                : Finding.Ok(Check, $"The service at {ready.Authority} is ready.");
        }
        return FindText(text, "detail") is { } detail
            ? Finding.Error(
                Check,
                $"The service at {ready.Authority} is not ready: {detail}",
                "Follow the findings of the other checks, and restart the service."
            )
            : Finding.Warning(
                Check,
                $"Another program responds at {ready.Authority}.",
                "Stop it, or choose another address with the setting Urls."
            );
    }

    private static string? FindText(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
                document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
