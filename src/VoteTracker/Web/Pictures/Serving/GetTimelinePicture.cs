using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Tallies;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>Draws the margin over time.</summary>
internal sealed class GetTimelinePicture(PictureServices services) : PictureEndpoint(services)
{
    public override void Configure() =>
        Serve(
            "timeline",
            Right.ReadPublic,
            "Draws the margin over time",
            "The margin at each change, and the moments at which it crossed the majority, with the names of the states that moved it. Callers that may not see the timeline of the tally do not get it. Without a key, it begins with the recorded vote."
        );

    protected override async Task<(RequestedPicture?, ProblemHttpResult?)> Find(
        string id,
        PictureRequest request,
        Query query
    )
    {
        if (query.Problem is { } problem)
        {
            return (null, problem);
        }
        var caller = Caller;
        if (await Services.Live.FindVisible(id, caller) is not { } snapshot)
        {
            return (null, Problems.NoResolution(id));
        }
        if (!TallyTimeline.IsVisibleTo(caller, snapshot.Basis))
        {
            return (null, KeyProblems.RoleTooLow(HttpContext, caller, Right.SeeStances));
        }
        var now = Services.Clock.GetUtcNow();
        var isOver = snapshot.Basis is Basis.RecordedVotes or Basis.Announced;
        // It ends with today until the vote is recorded. A picture of each day is enough.
        var today = NewYork.DayOf(now);
        var name = caller.May(Right.SeeStances) ? $"timeline.all.{today:O}" : $"timeline.public.{today:O}";
        return (
            RequestedPicture.Of(snapshot, name, snapshot.IsPublic() && !caller.May(Right.SeeStances)) with
            {
                Draw = resolution => Draw(snapshot, resolution, request, caller, now, isOver),
            },
            null
        );
    }

    private async Task<byte[]> Draw(
        TallySnapshot snapshot,
        Resolution resolution,
        PictureRequest request,
        Caller caller,
        DateTimeOffset now,
        bool isOver
    )
    {
        var timeline = await Services.Db.Read(connection =>
            TallyTimeline.Load(connection, Services.ReferenceData, resolution.Id)
        );
        var (points, turns) = TimelinePicture.Follow(timeline?.ListStandings(caller, null, now) ?? []);
        return await SnapshotPicture.Draw<Timeline>(
            new TimelinePicture
            {
                Language = request.Language,
                Theme = request.Theme,
                Name = resolution.NameIn(request.Language),
                Rule = snapshot.Tally.Rule,
                IsAfterVote = isOver,
                Points = points,
                Turns = turns,
                Until = isOver || points.Count == 0 ? snapshot.Tally.AsOf : now,
            }
        );
    }
}
