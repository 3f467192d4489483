using System.Data.Common;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;
using VoteTracker.Web.Pictures;

namespace VoteTracker.Web.Pages;

/// <summary>The timeline on the page of a resolution: the moments of the slider, and the picture of the margin.</summary>
internal static class PageTimeline
{
    private const int MaxMoments = 500;

    /// <summary>Loads the part that the caller sees. The picture is null if there is one moment.</summary>
    public static async Task<(IReadOnlyList<Tally>? Tallies, Func<Language, TimelinePicture>? Margin)> Load(
        DbConnection connection,
        ReferenceData referenceData,
        Resolution resolution,
        TallySnapshot snapshot,
        TimelinePart part,
        DateTimeOffset now
    )
    {
        if (await TallyTimeline.Load(connection, referenceData, resolution.Id) is not { } timeline)
        {
            return (null, null);
        }
        IReadOnlyList<Tally> tallies = [.. timeline.List(part, from: null, now).TakeLast(MaxMoments)];
        if (tallies.Count < 2)
        {
            return (tallies, null);
        }
        var (points, turns) = TimelinePicture.Follow(timeline.ListStandings(part, from: null, now));
        var isAfterVote = snapshot.Basis != Basis.Stances;
        return (
            tallies,
            language => new TimelinePicture
            {
                Language = language,
                Name = resolution.Symbol ?? resolution.Id,
                Rule = resolution.Rule,
                IsAfterVote = isAfterVote,
                Points = points,
                Turns = turns,
                Until = isAfterVote ? snapshot.Tally.AsOf : now,
                IsFile = false,
            }
        );
    }
}
