using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Idempotency;
using VoteTracker.Features.Engagements;
using VoteTracker.Security;

namespace VoteTracker.Features.Comments;

/// <summary>Deletes a comment.</summary>
internal sealed class DeleteComment(Db db) : EndpointWithoutRequest<Results<NoContent, ProblemHttpResult>>
{
    public override void Configure()
    {
        Delete("/v1/resolutions/{id}/stances/{iso3}/comments/{comment}");
        Description(route =>
            route
                .Requires(Right.Comment)
                .Described(
                    "Comments",
                    "Deletes a comment",
                    "By its author or a coordinator; 403 for any other lobbyist. Its text, its mentions and its stored response are erased. A comment never changes, so no version is named."
                )
                .Writes()
                .Fails(
                    StatusCodes.Status404NotFound,
                    "No resolution has that id, no member state has that code, or the stance has no such comment."
                )
        );
    }

    public override async Task<Results<NoContent, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Resolution);
        var iso3 = HttpContext.Part(PathParameters.MemberState);
        var number = HttpContext.Number(PathParameters.Comment);
        var caller = Caller.FromContext(HttpContext);
        return await db.Write<Results<NoContent, ProblemHttpResult>>(async write =>
        {
            write.OverwriteDeleted();
            if (await CommentStore.Find(write.Connection, id, iso3, number) is not { } comment)
            {
                return CommentProblems.NotFound();
            }
            if (comment.CreatedBy != caller.Label && !caller.May(Right.DeleteComments))
            {
                return KeyProblems.RoleTooLow(HttpContext, caller, Right.DeleteComments);
            }
            write.EraseLog();
            await StoredResponse.DeleteOfComment(write, comment.Id);
            await CommentStore.Delete(write, caller, comment);
            return TypedResults.NoContent();
        });
    }
}
