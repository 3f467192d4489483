using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Features.Tallies;
using VoteTracker.Security;

namespace VoteTracker.Web.Pictures.Serving;

/// <summary>The base of the pictures that are drawn from the snapshot of a tally.</summary>
internal abstract class SnapshotPicture(PictureServices services) : PictureEndpoint(services)
{
    protected override async Task<(RequestedPicture?, ProblemHttpResult?)> Find(PictureRequest request, Query query)
    {
        var prepare = Prepare(request, query);
        if (query.Problem is { } problem)
        {
            return (null, problem);
        }
        var caller = Caller;
        if (await Services.Live.FindVisible(Id, caller, ETags.Seen(HttpContext.Request)) is not { } snapshot)
        {
            return (null, Problems.NoResolution(Id));
        }
        return prepare(new PictureSubject(Services, snapshot, request, caller)) is { } picture
            ? (picture, null)
            : (null, KeyProblems.RoleTooLow(HttpContext, caller, Right.SeeStances));
    }

    protected override async ValueTask<bool> TryAnswer(HttpContext http)
    {
        var caller = Caller.FromContext(http);
        if (
            await Services.Live.FindVisible(http.Part(PathParameters.Resolution), caller, ETags.Seen(http.Request))
                is { } snapshot
            && Services.Served.Find(
                snapshot,
                ServedPictures.NameOf(http.Request, Sights.Of(caller, snapshot.Standings))
            )
                is { } served
        )
        {
            await SendPicture(http, served);
            return true;
        }
        return false;
    }

    /// <summary>
    /// Reads the parameters of this picture. The result creates it; null if the caller may not see what it shows.
    /// </summary>
    protected abstract Func<PictureSubject, RequestedPicture?> Prepare(PictureRequest request, Query query);
}
