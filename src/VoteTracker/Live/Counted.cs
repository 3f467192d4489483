using System.Globalization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>What was read of a resolution to count it, who may see it, and until when the count holds by itself.</summary>
internal sealed record Counted
{
    public required Standings Standings { get; init; }

    public required Visibility Visibility { get; init; }

    /// <summary>The last day after the last change on which a date alone changed who may vote; null where none did.</summary>
    public required DateOnly? ChangedByDate { get; init; }

    /// <summary>The moment at which a date will change who may vote.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>`812`, or `812.2026-11-21` where a date alone changed who may vote since that version.</summary>
    public string State =>
        ChangedByDate is { } day
            ? string.Create(CultureInfo.InvariantCulture, $"{Standings.Version}.{day:O}")
            : Standings.Version.ToString(CultureInfo.InvariantCulture);
}
