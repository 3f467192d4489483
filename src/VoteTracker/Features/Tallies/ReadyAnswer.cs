using System.Globalization;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Tallies;

/// <summary>Answers ready bytes: what a shared cache may keep for a second, or nobody may keep at all.</summary>
internal static class ReadyAnswer
{
    private const string Public = "public, max-age=1, stale-while-revalidate=1, no-transform";
    private const string Private = "private, no-store, no-transform";

    /// <summary>The newest state of a resolution, not older than the version it has seen, if this caller may see its tally.</summary>
    public static async ValueTask<TallySnapshot?> See(TallyCache live, string id, Caller caller, long seen = 0) =>
        await live.Get(id, seen) is { } snapshot && caller.SeesResolution(snapshot.Visibility, snapshot.Basis)
            ? snapshot
            : null;

    /// <summary>Whether everybody may see this state, so that shared caches may keep it.</summary>
    public static bool IsPublic(this TallySnapshot snapshot) =>
        Caller.Anonymous.SeesResolution(snapshot.Visibility, snapshot.Basis);

    /// <summary>Sends the bytes with their tag, or 304 to who has them.</summary>
    public static async Task Send(
        HttpContext http,
        byte[] body,
        string etag,
        bool isPublic,
        string contentType,
        string vary
    )
    {
        var response = http.Response;
        var headers = response.Headers;
        headers.ETag = etag;
        headers.CacheControl = isPublic ? Public : Private;
        headers.Vary = vary;
        if (http.RequestServices.GetRequiredService<TallyCache>().Age is { } age)
        {
            headers.Age = ((long)age.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }
        if (ETags.IsKnown(http.Request, etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        headers.ContentType = contentType;
        headers.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, http.RequestAborted);
    }
}
