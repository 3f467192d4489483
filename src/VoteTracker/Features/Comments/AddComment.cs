using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Stances;
using VoteTracker.Live;
using VoteTracker.Security;

namespace VoteTracker.Features.Comments;

/// <summary>Adds a comment to a stance.</summary>
internal sealed class AddComment(Db db, ReferenceData referenceData, TeamMembers members)
    : Endpoint<AddCommentRequest, Results<Created<Comment>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Post("/v1/resolutions/{id}/stances/{iso3}/comments");
        Description(route =>
            route
                .Requires(Right.Comment)
                .AcceptsIdempotencyKey()
                .Described(
                    "Comments",
                    "Adds a comment",
                    "All lobbyists read it, also if the position is unknown or the vote is over. `@` and a label mention the holder of that key: `mentions` in the response names the labels that were found. Of several labels that match, the longest is mentioned. A label of a viewer is text, because viewers see no comments. A comment changes neither the tally nor the version of the resolution."
                )
                .Writes()
                .Fails(StatusCodes.Status404NotFound, CommentProblems.NoStanceDescription)
        );
    }

    public override async Task<Results<Created<Comment>, ProblemHttpResult>> ExecuteAsync(
        AddCommentRequest request,
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var caller = Caller.FromContext(HttpContext);
        var once = db.Once(HttpContext);
        return await once.Write<Results<Created<Comment>, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await ResolutionStore.Find(write.Connection, id) is null)
            {
                return Problems.NoResolution(id);
            }
            if (!StanceRules.HasStance(referenceData, iso3))
            {
                return StanceProblems.NoStance(referenceData, iso3);
            }
            var team = await members.Load(write.Connection, caller);
            var readers = team
                .Members.Where(member => Rights.List(member.Role).Contains(Right.Comment))
                .Select(member => member.Label);
            string[] mentions = [.. CommentMentions.Find(request.Text!, team.AllLabels).Intersect(readers)];
            var comment = await CommentStore.Insert(write, caller, id, iso3, request.Text!, mentions);
            write.Contact = StoredResponse.NameComment(comment.Id);
            return TypedResults.Created($"/v1/resolutions/{id}/stances/{iso3}/comments", comment);
        });
    }
}
