using System.Text.Json.Nodes;
using VoteTracker.Tests.Features.Engagements;

namespace VoteTracker.Tests.Features.Calendars;

/// <summary>Requests for calendars.</summary>
internal static class CalendarRequests
{
    public const string List = "/v1/calendars";

    /// <summary>Creates a personal calendar of a caller.</summary>
    public static async Task<CalendarAddress> OwnCalendar(this HttpClient client) =>
        new(await client.Add(List, new { kind = "personal" }));

    /// <summary>Creates a calendar of a resolution.</summary>
    public static async Task<CalendarAddress> CalendarOf(this App app, string resolution)
    {
        using var coordinator = app.Coordinator;
        return new(await coordinator.Add(List, new { kind = "resolution", resolution }));
    }

    /// <summary>Reads a calendar without a key.</summary>
    public static async Task<IcsFile> Read(this App app, CalendarAddress calendar, string query = "")
    {
        using var client = app.Anonymous;
        using var answer = await client.GetAsync(calendar.Path + query);
        var text = await answer.Content.ReadAsStringAsync();
        ((int)answer.StatusCode).ShouldBe(200, text);
        return IcsFile.Parse(text);
    }

    /// <summary>The status of a calendar without a key.</summary>
    public static async Task<int> Status(this App app, CalendarAddress calendar)
    {
        using var client = app.Anonymous;
        using var answer = await client.GetAsync(calendar.Path);
        return (int)answer.StatusCode;
    }
}

/// <summary>A link to a calendar that a test has created.</summary>
internal sealed record CalendarAddress(string Id, string Path)
{
    public CalendarAddress(JsonNode made)
        : this(made.Text("id")!, new Uri(made.Text("url")!).AbsolutePath) { }

    public string Secret => Path.Split('/')[^1].Split('.')[0];
}
