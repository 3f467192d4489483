using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Feeds;

/// <summary>What an entry of the feed is about.</summary>
internal enum FeedEvent
{
    /// <summary>A resolution was opened, or became public.</summary>
    Opened,

    /// <summary>The majority was reached.</summary>
    Reached,

    /// <summary>The majority was no longer reached.</summary>
    NoLongerReached,

    /// <summary>A vote was recorded.</summary>
    Voted,
}

/// <summary>An entry of the feed.</summary>
internal sealed record FeedEntry
{
    /// <summary>What it is about.</summary>
    public required FeedEvent Event { get; init; }

    /// <summary>The resolution's id.</summary>
    public required string Resolution { get; init; }

    /// <summary>The document symbol; null if it has none.</summary>
    public required string? Symbol { get; init; }

    /// <summary>The title of the resolution.</summary>
    public required string Title { get; init; }

    /// <summary>The moment of the last change, by which the feed is ordered.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The moment at which it first appeared: before <see cref="At"/> if a roll call was corrected.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>What no other entry of this event and resolution has; empty if there is one.</summary>
    public required string Key { get; init; }

    /// <summary>The tally in words; null if the entry has none.</summary>
    public required Sentence? Sentence { get; init; }
}
