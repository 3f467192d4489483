using VoteTracker.Database;
using VoteTracker.Database.Audit;

namespace VoteTracker.Security.Audit;

/// <summary>
/// Counts the requests that got a 403 because their key does not have the right, by key, operation and address. A refusal
/// discloses nothing, so its entry can be committed after the response.
/// </summary>
internal sealed class RefusedRights(Db db, TimeProvider clock, ILogger<RefusedRights> log) : RefusedRequests(db, clock)
{
    /// <summary>The operation of requests that are counted together.</summary>
    public const string OtherOperations = "other operations";

    /// <summary>Counts a request if its response is the 403. A request is counted once.</summary>
    public static void Note(HttpContext http)
    {
        if (http.Features.Get<Noted>() is null && http.RequestServices.GetService<RefusedRights>() is { } rights)
        {
            http.Features.Set(Noted.Instance);
            var entry = RequestScope.Create(http, AuditAction.RefusedRight) with { Address = NetworkOf(http) };
            http.Response.OnStarting(() =>
            {
                if (http.Response.StatusCode == StatusCodes.Status403Forbidden)
                {
                    rights.Add(entry);
                }
                return Task.CompletedTask;
            });
        }
    }

    /// <inheritdoc/>
    protected override AuditEntry GroupOfOthers(AuditEntry entry) =>
        entry with
        {
            Operation = OtherOperations,
            Address = OtherAddresses,
        };

    /// <inheritdoc/>
    protected override void LogFailure(string kind) =>
        log.LogError("The count of refused rights could not be written: {Kind}", kind);

    private sealed class Noted
    {
        public static readonly Noted Instance = new();
    }
}
