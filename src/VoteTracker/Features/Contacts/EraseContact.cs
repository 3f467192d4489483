using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Features.PersonalData;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Contacts;

/// <summary>Erases a contact, its engagements and tasks, the comments that name it, and the stored responses that show them.</summary>
internal sealed class EraseContact(Db db)
    : EndpointWithoutRequest<Results<NoContent, Ok<ErasureReport>, ProblemHttpResult>>
{
    private static readonly FlagParameter ReportParameter = new(
        "report",
        "Returns 200 with the addresses of the texts that may still mention the person."
    );

    public override void Configure()
    {
        Delete("/v1/contacts/{id}");
        Description(route =>
            route
                .Requires(Right.EditContacts)
                .Described(
                    "Contacts",
                    "Erases a contact",
                    "Erases the contact, the engagements and tasks that name it, the comments with its whole name or e-mail address, and the responses that are stored for repeated requests. It also erases the texts of earlier versions of other records with the whole name or the address. An engagement with several contacts is erased too, unless the contact is removed from it before. Stances that name it keep its id, which contains nothing about the person. Other texts can mention the person: with `report=true`, the response lists their addresses for a human."
                )
                .Takes(ReportParameter)
                .Conditional<Contact>()
                .Writes()
                .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<NoContent, Ok<ErasureReport>, ProblemHttpResult>> ExecuteAsync(
        CancellationToken ct
    )
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var query = new Query(HttpContext);
        var isReported = query.Read(ReportParameter);
        if (query.Problem is { } problem)
        {
            return problem;
        }
        var seen = Precondition.FromRequest(HttpContext);
        var caller = Caller.FromContext(HttpContext);
        var texts = await db.Read(async connection =>
            await ContactStore.Find(connection, id) is { } contact
                ? await ContactErasure.ListTexts(connection, contact)
                : NamingTexts.None
        );
        var (erased, failure) = await db.Write<(Contact?, ProblemHttpResult?)>(async write =>
        {
            write.OverwriteDeleted();
            if (await ContactStore.Find(write.Connection, id) is not { } current)
            {
                write.SkipAudit();
                return (null, ContactProblems.NotFound());
            }
            if (!seen.Holds(current.Version, nothing: false))
            {
                // The 412 shows the contact.
                write.SetAudit(EnumWord<AuditAction>.ToWord(AuditAction.Read));
                return (null, seen.VersionConflict(current, current.Version));
            }
            await ContactErasure.Erase(write, caller, current, texts);
            return (current, null);
        });
        if (erased is null)
        {
            return failure!;
        }
        return !isReported
            ? TypedResults.NoContent()
            : TypedResults.Ok(
                new ErasureReport
                {
                    ErasedComments = texts.Comments.Count,
                    ErasedEarlierTexts = texts.Earlier.Count,
                    Mentions = await db.Read(connection => TextMentions.List(connection, erased, caller)),
                }
            );
    }
}

/// <summary>What an erasure leaves for a human.</summary>
public sealed record ErasureReport
{
    /// <summary>The number of comments with the whole name or the e-mail address, which were erased.</summary>
    public required int ErasedComments { get; init; }

    /// <summary>
    /// The number of texts in earlier versions of stances, co-sponsors, milestones and requests for a session, and in ended
    /// ineligibilities, with the whole name or the e-mail address, which were erased.
    /// </summary>
    public required int ErasedEarlierTexts { get; init; }

    /// <summary>The resources whose free text has a word of the name. The service does not change them.</summary>
    public required IReadOnlyList<TextMention> Mentions { get; init; }
}
