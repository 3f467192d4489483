using System.Data.Common;
using VoteTracker.Database;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Features.Tasks;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Digests;

/// <summary>Loads the digest of a time, as far as a caller may see it.</summary>
internal sealed class DigestLoader(ReferenceData referenceData, GapLoader gaps, TimeProvider clock)
{
    /// <summary>How far back a digest begins without another moment.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromHours(24);

    private const int MostResolutions = 10;
    private const int MostGaps = 100;
    private const int MostTasks = 50;
    private const int MostMentions = 50;
    private const int MostMilestones = 50;
    private const int DaysOfNext = 7;

    /// <summary>Loads the digest for a caller that may see stances.</summary>
    /// <param name="connection">The connection to the database.</param>
    /// <param name="caller">The caller.</param>
    /// <param name="language">The language of the names, which orders gaps.</param>
    /// <param name="since">The first moment; null for <see cref="Default"/> ago.</param>
    /// <param name="resolution">The id of the only resolution; null for those that are open or were then. One that the caller cannot see is left out.</param>
    public async Task<Digest> Load(
        DbConnection connection,
        Caller caller,
        Language language,
        DateTimeOffset? since,
        string? resolution
    )
    {
        var now = clock.Moment();
        var from = since ?? now - Default;
        var more = new List<string>();
        var shown =
            resolution is null
                ? ShortList.Cut("resolutions", await ListOpen(connection, caller, from), MostResolutions, more)
            : await ResolutionAccess.Find(connection, resolution, caller) is { Resolution: { } only } ? [only]
            : [];
        var resolutions = new List<ResolutionDigest>();
        foreach (var each in shown)
        {
            if (await LoadResolution(connection, each, caller, language, from, now) is { } found)
            {
                resolutions.Add(found);
            }
        }
        var today = NewYork.DayOf(now);
        var late = await OpenMilestones.List(connection, caller, resolution, from: null, today, MostMilestones + 1);
        var next = await OpenMilestones.List(
            connection,
            caller,
            resolution,
            today,
            today.AddDays(DaysOfNext),
            MostMilestones + 1
        );
        var digest = new Digest
        {
            Since = from,
            At = now,
            Resolutions = resolutions,
            LateMilestones = ShortList.Cut("lateMilestones", late, MostMilestones, more),
            NextMilestones = ShortList.Cut("nextMilestones", next, MostMilestones, more),
            More = more,
        };
        return caller.May(Right.SeeContacts) ? await AddWork(connection, digest, caller, resolution, more) : digest;
    }

    private static async Task<IEnumerable<Resolution>> ListOpen(
        DbConnection connection,
        Caller caller,
        DateTimeOffset since
    ) =>
        (
            await ListedResolution.List(
                connection,
                new ResolutionFilter { IsOpen = true, WasOpenAt = since },
                caller,
                after: null,
                MostResolutions + 1
            )
        ).Select(listed => listed.Resolution);

    private async Task<ResolutionDigest?> LoadResolution(
        DbConnection connection,
        Resolution resolution,
        Caller caller,
        Language language,
        DateTimeOffset since,
        DateTimeOffset now
    )
    {
        if (await TallyDiff.Load(connection, referenceData, resolution, caller, since, now) is not { } diff)
        {
            return null;
        }
        var more = new List<string>();
        // After the vote nothing is missing. The team has not closed these gaps.
        var (opened, closed) =
            caller.May(Right.SeeContacts) && diff.After.Basis == Basis.Stances
                ? await CompareGaps(connection, resolution, caller, language, diff, more)
                : (null, null);
        return new ResolutionDigest
        {
            Resolution = resolution.Id,
            Symbol = resolution.Symbol,
            Title = resolution.Title,
            From = diff.From,
            Before = diff.Before,
            After = diff.After,
            MarginChange = diff.MarginChange,
            // The order of the last changes stays within the same effect.
            Moves = [.. diff.Moves.OrderByDescending(move => Math.Abs(move.Effect ?? 0))],
            CoSponsors = await CoSponsorMoves.List(connection, resolution.Id, diff.From, now),
            GapsOpened = opened,
            GapsClosed = closed,
            More = more,
        };
    }

    private async Task<(IReadOnlyList<GapMove> Opened, IReadOnlyList<GapMove> Closed)> CompareGaps(
        DbConnection connection,
        Resolution resolution,
        Caller caller,
        Language language,
        TallyDiff diff,
        List<string> more
    )
    {
        var before = await gaps.Load(connection, resolution, caller, diff.From);
        var after = await gaps.Load(connection, resolution, caller, diff.To);
        return (
            ShortList.Cut("gapsOpened", GapMoves.ListMissing(after, before, language), MostGaps, more),
            ShortList.Cut("gapsClosed", GapMoves.ListMissing(before, after, language), MostGaps, more)
        );
    }

    // What the team does, which viewers do not see.
    private static async Task<Digest> AddWork(
        DbConnection connection,
        Digest digest,
        Caller caller,
        string? resolution,
        List<string> more
    )
    {
        var today = NewYork.DayOf(digest.At);
        var open = new TaskFilter
        {
            Resolution = resolution,
            Status = TaskProgress.Open,
            Today = today,
        };
        var due = await TaskStore.List(
            connection,
            open with
            {
                IsNotOverdue = true,
                DueBefore = today.AddDays(1),
            },
            caller,
            after: null,
            MostTasks + 1
        );
        var overdue = await TaskStore.List(
            connection,
            open with
            {
                Status = TaskProgress.Overdue,
            },
            caller,
            after: null,
            MostTasks + 1
        );
        var mentions = caller.May(Right.Comment)
            ? await CommentStore.ListMentions(
                connection,
                caller.Label,
                resolution,
                digest.Since,
                before: null,
                MostMentions + 1
            )
            : [];
        return digest with
        {
            Mentions = ShortList.Cut("mentions", mentions, MostMentions, more),
            DueTasks = ShortList.Cut("dueTasks", due, MostTasks, more),
            OverdueTasks = ShortList.Cut("overdueTasks", overdue, MostTasks, more),
        };
    }
}
