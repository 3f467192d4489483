using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Tallies;

/// <summary>Which callers may see a snapshot.</summary>
internal static class SnapshotAccess
{
    /// <summary>The current snapshot, at least of the version that the client has seen; null if the caller may not see its tally.</summary>
    public static async ValueTask<TallySnapshot?> FindVisible(
        this TallyCache cache,
        string id,
        Caller caller,
        long seen = 0
    ) =>
        await cache.Get(id, seen) is { } snapshot && caller.SeesResolution(id, snapshot.Visibility, snapshot.Basis)
            ? snapshot
            : null;

    /// <summary>Whether everybody may see the snapshot, so that shared caches may store it.</summary>
    public static bool IsPublic(this TallySnapshot snapshot) =>
        Caller.Anonymous.SeesResolution(snapshot.Standings.Resolution, snapshot.Visibility, snapshot.Basis);
}
