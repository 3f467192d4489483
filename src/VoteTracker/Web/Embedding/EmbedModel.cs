using VoteTracker.Features.Resolutions;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Web.Embedding;

/// <summary>What an embedded count shows.</summary>
public sealed record EmbedModel
{
    /// <summary>The resolution.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>The tally.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The name of the state that is shown, for the live updates.</summary>
    public required string StateName { get; init; }

    /// <summary>The colours; null for those that the reader prefers.</summary>
    public required Theme? Theme { get; init; }

    /// <summary>Whether it shows the seats instead of a bar.</summary>
    public required bool HasSeats { get; init; }

    /// <summary>Whether the vote has taken place.</summary>
    public bool IsAfterVote => Tally.Basis is Basis.RecordedVotes or Basis.Announced;

    /// <summary>The symbol, or the id without one.</summary>
    public string Name => Resolution.Symbol ?? Resolution.Id;

    /// <summary>What its picture shows: the counts, without the positions of members.</summary>
    public SeatsPicture Picture(Language language) =>
        new()
        {
            Language = language,
            Tally = Tally,
            Ballots = [],
            Symbol = Resolution.Symbol,
            Title = Resolution.Title,
            IsFile = false,
        };
}
