using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Web.Pages;

/// <summary>What the page of a resolution shows to a caller. A part that the caller may not see is null.</summary>
public sealed record ResolutionModel
{
    /// <summary>The resolution.</summary>
    public required Resolution Resolution { get; init; }

    /// <summary>The share link whose page it is; null for a page of the service.</summary>
    public required SharedAddress? Shared { get; init; }

    /// <summary>The tally.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The name of the state that is shown, for the live updates.</summary>
    public required string StateName { get; init; }

    /// <summary>The tally by regional group.</summary>
    public required Breakdown Breakdown { get; init; }

    /// <summary>The members of each group that the breakdown has, with their positions; null if positions are not visible.</summary>
    public required ILookup<string, Ballot>? Groups { get; init; }

    /// <summary>The positions, or votes, in English alphabetical order; null if they are not visible.</summary>
    public required IReadOnlyList<Ballot>? Ballots { get; init; }

    /// <summary>How many yes and no are only leanings; null if certainty is not visible.</summary>
    public required (int Yes, int No)? Leanings { get; init; }

    /// <summary>The moves since a moment.</summary>
    public required TallyDiff? Moves { get; init; }

    /// <summary>The changes of the tally, the oldest first.</summary>
    public required IReadOnlyList<Tally>? Timeline { get; init; }

    /// <summary>The margin over time, without its language; null if the timeline is not visible or has one moment.</summary>
    public required Func<Language, TimelinePicture>? Margin { get; init; }

    /// <summary>What would turn the result.</summary>
    public required PathReport? Path { get; init; }

    /// <summary>The forecast of the vote.</summary>
    public required ForecastReport? Forecast { get; init; }

    /// <summary>The states that have signed as co-sponsors.</summary>
    public required IReadOnlyList<CoSponsor>? CoSponsors { get; init; }

    /// <summary>The timetable; empty if nothing of it is visible.</summary>
    public required IReadOnlyList<Milestone> Milestones { get; init; }

    /// <summary>The current day in New York.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>The tree of amendments, paragraphs and motions; null if there are none.</summary>
    public required TextInTree? Tree { get; init; }

    /// <summary>The parts that are not in the tree, because there are very many.</summary>
    public required IReadOnlyList<Resolution> OtherParts { get; init; }

    /// <summary>The comparison with another roll call.</summary>
    public required Comparison? Comparison { get; init; }

    /// <summary>The resolutions with which this one can be compared.</summary>
    public required IReadOnlyList<Resolution> Comparable { get; init; }

    /// <summary>How to cite it; null if the reader may not open the cited package.</summary>
    public required ResolutionCitation? Citation { get; init; }

    /// <summary>The moment in the address that could not be read; null if there is none.</summary>
    public string? WrongSince { get; init; }

    /// <summary>The address of the service, with which absolute addresses begin.</summary>
    public required string Origin { get; init; }

    /// <summary>Whether everybody may see the resolution.</summary>
    public bool IsPublic => Caller.Anonymous.SeesResolution(Resolution.Id, Resolution.Visibility, Resolution.Basis);

    /// <summary>Whether it is the big-screen view.</summary>
    public bool IsScreen { get; init; }

    /// <summary>The address of the stream of the tally.</summary>
    public string StreamAddress =>
        Shared is { } shared ? $"{shared.Path}/stream" : $"/v1/resolutions/{Resolution.Id}/tally/stream";

    /// <summary>What the pictures of the members show.</summary>
    public SeatsPicture Picture(Language language) =>
        new()
        {
            Language = language,
            Tally = Tally,
            Ballots = Ballots ?? [],
            Symbol = Resolution.Symbol,
            Title = Resolution.Title,
            IsFile = false,
        };

    /// <summary>Whether the vote has taken place.</summary>
    public bool IsAfterVote => Tally.Basis is Basis.RecordedVotes or Basis.Announced;
}

/// <summary>The members that voted, or stand, differently on another resolution.</summary>
public sealed record Comparison
{
    /// <summary>The other resolution.</summary>
    public required Resolution Other { get; init; }

    /// <summary>Its tally.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The differences, in the order of the codes.</summary>
    public required IReadOnlyList<Move> Moves { get; init; }
}

/// <summary>The share link of a page.</summary>
/// <param name="Path">The path of the page, under which its data are.</param>
/// <param name="ExpiresAt">When the link expires; null if it does not expire.</param>
public sealed record SharedAddress(string Path, DateTimeOffset? ExpiresAt);
