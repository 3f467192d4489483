using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Calendars;
using VoteTracker.Tests.Features.Engagements;
using VoteTracker.Tests.Features.Sharing;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>Requests with texts and secrets that no metric, span or log may have.</summary>
internal sealed class Campaign
{
    /// <summary>A part of each free text.</summary>
    public const string Marker = "Quokka";

    private readonly List<string> _secrets = [Marker, App.AdminKey];

    /// <summary>The id of the draft.</summary>
    public string Draft { get; private set; } = "";

    /// <summary>The texts that nothing may have.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Sends the requests.</summary>
    public static async Task<Campaign> Play(HttpClient admin)
    {
        var campaign = new Campaign
        {
            Draft = await admin.OpenDraft(new { title = $"{Marker} title", visibility = "positions" }),
        };
        campaign._secrets.Add(campaign.Draft);
        using var stance = await admin.Put(
            $"/v1/resolutions/{campaign.Draft}/stances/NOR",
            new
            {
                position = "yes",
                certainty = "likely",
                evidence = "call",
                note = $"{Marker} note",
            }
        );
        stance.EnsureSuccessStatusCode();
        using var shared = await SharedLinks.Post(
            admin,
            campaign.Draft,
            new JsonObject { ["scope"] = "tally", ["label"] = $"{Marker} link" }
        );
        var link = new Uri((await shared.Json())["url"]!.GetValue<string>()).AbsolutePath;
        campaign._secrets.Add(link.Split('/')[^1]);
        var calendar = new CalendarAddress(
            await admin.Add(CalendarRequests.List, new { kind = "resolution", resolution = campaign.Draft })
        );
        campaign._secrets.Add(calendar.Secret);
        foreach (
            var path in (string[])
                [
                    $"{link}/tally",
                    calendar.Path,
                    $"/v1/resolutions/{campaign.Draft}/tally",
                    $"/v1/resolutions/{campaign.Draft}/tally?{Marker}=1",
                    $"/v1/{Marker}",
                    $"/v1/resolutions?search={Marker}",
                    "/v1/resolutions/es-10-27/tally",
                ]
        )
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add("User-Agent", Marker);
            request.Headers.Add("tracestate", $"vendor={Marker}");
            request.Headers.Add("baggage", $"who={Marker}");
            request.Headers.Host = $"{Marker.ToLowerInvariant()}.example";
            using var answer = await admin.SendAsync(request);
            ((int)answer.StatusCode).ShouldBeLessThan(500, path);
        }
        using var unknown = new HttpRequestMessage(new HttpMethod(Marker.ToUpperInvariant()), "/v1/groups");
        using var refused = await admin.SendAsync(unknown);
        campaign._secrets.Add(Marker.ToUpperInvariant());
        campaign._secrets.Add(Marker.ToLowerInvariant());
        return campaign;
    }
}
