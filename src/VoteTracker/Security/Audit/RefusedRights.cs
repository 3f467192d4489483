using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Security.Audit;

/// <summary>Adds an entry to the audit for a request that got a 403 because its key does not have the right.</summary>
/// <remarks>The entry is committed after the response, because a refusal discloses nothing.</remarks>
internal sealed class RefusedRights(Db db, ILogger<RefusedRights> log)
{
    /// <summary>Adds the entry if the response is the 403. A request has at most one.</summary>
    public static void Note(HttpContext http)
    {
        if (http.Features.Get<Noted>() is null && http.RequestServices.GetService<RefusedRights>() is { } rights)
        {
            http.Features.Set(Noted.Instance);
            // Created now, because the server clears the context when the response has ended.
            var entry = RequestScope.Create(http, AuditAction.RefusedRight);
            http.Response.OnCompleted(() =>
                http.Response.StatusCode == StatusCodes.Status403Forbidden ? rights.Add(entry) : Task.CompletedTask
            );
        }
    }

    private async Task Add(AuditEntry entry)
    {
        try
        {
            await db.AddAudit(entry);
        }
        catch (Exception exception) when (exception is WriteUnavailableException or DbException)
        {
            log.LogError("A refused right could not be written to the audit: {Kind}", exception.GetType().Name);
        }
    }

    private sealed class Noted
    {
        public static readonly Noted Instance = new();
    }
}
