using VoteTracker.Database;
using VoteTracker.Database.Background;

namespace VoteTracker.Features.Sharing;

/// <summary>Counts the uses of share links, and writes them every ten seconds and at the end.</summary>
internal sealed class ShareLinkUses(Db db, TimeProvider clock, ILogger<ShareLinkUses> log)
    : PeriodicCounts<string, LinkUses>(db, clock, TimeSpan.FromSeconds(10))
{
    private readonly TimeProvider _clock = clock;

    /// <summary>Counts a use.</summary>
    public void Add(string link) => Add(link, new LinkUses(1, _clock.Moment()));

    /// <inheritdoc/>
    protected override LinkUses Sum(LinkUses first, LinkUses second) =>
        new(first.Count + second.Count, first.Last > second.Last ? first.Last : second.Last);

    /// <inheritdoc/>
    protected override async Task Write(Write write, IReadOnlyDictionary<string, LinkUses> counts)
    {
        foreach (var (link, uses) in counts)
        {
            await ShareLinkStore.AddUses(write, link, uses.Count, uses.Last);
        }
    }

    /// <inheritdoc/>
    protected override void LogFailure(string kind) =>
        log.LogError("The uses of share links could not be written: {Kind}", kind);
}

/// <summary>How often a share link was used, and when last.</summary>
internal readonly record struct LinkUses(long Count, DateTimeOffset Last);
