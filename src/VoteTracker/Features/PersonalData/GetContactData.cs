using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Limits;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tasks;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.PersonalData;

/// <summary>Shows everything that is held on a person.</summary>
internal sealed class GetContactData(Db db, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<ContactData>, ProblemHttpResult>>
{
    public override void Configure()
    {
        Get("/v1/contacts/{id}/data");
        Description(route =>
            route
                .Requires(Right.SeePersonalData)
                .ReadsPersonalData(Right.SeePersonalData)
                .Described(
                    "Contacts",
                    "Shows everything that is held on a person",
                    "The data of a person, for a request under article 15 of the GDPR. It has the contact, and the engagements and tasks that name it, with their earlier versions. It also has the stances that name it, the comments with its whole name, and the addresses of other texts that may mention it. Coordinators and up."
                )
                .IsExpensive()
                .Fails(StatusCodes.Status404NotFound)
        );
    }

    public override async Task<Results<Ok<ContactData>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var id = HttpContext.Part(PathParameters.Contact);
        var caller = Caller.FromContext(HttpContext);
        var today = NewYork.DayOf(clock.GetUtcNow());
        var data = await db.Read(async connection =>
        {
            if (await ContactStore.Find(connection, id) is not { } contact)
            {
                return null;
            }
            var engagements = await EngagementStore.List(
                connection,
                new EngagementFilter { Contact = id },
                caller,
                after: null,
                int.MaxValue
            );
            var filter = new TaskFilter { Contact = id, Today = today };
            var tasks = (await TaskStore.List(connection, filter, caller, after: null, int.MaxValue)).ToList();
            var (earlierEngagements, earlierTasks) = (new List<StateEngagement>(), new List<DeskTask>());
            foreach (var engagement in engagements)
            {
                tasks.AddRange(await TaskStore.ListOfEngagement(connection, engagement.Id));
                earlierEngagements.AddRange(
                    (await EngagementStore.ListHistory(connection, engagement.Id, caller, 0, int.MaxValue)).Where(
                        version => version.Version != engagement.Version
                    )
                );
            }
            tasks = [.. tasks.DistinctBy(task => task.Id).OrderBy(task => task.Id)];
            foreach (var task in tasks)
            {
                earlierTasks.AddRange(
                    (await TaskStore.ListHistory(connection, task.Id, caller, 0, int.MaxValue)).Where(version =>
                        version.Version != task.Version
                    )
                );
            }
            return new ContactData
            {
                Contact = contact,
                Engagements = [.. engagements],
                EarlierEngagements = earlierEngagements,
                Tasks = tasks,
                EarlierTasks = earlierTasks,
                Stances = await StanceHistory.ListOfContact(connection, id),
                Comments = await ContactErasure.ListComments(connection, contact),
                Mentions = await TextMentions.List(connection, contact, caller),
            };
        });
        return data is null ? ContactProblems.NotFound() : TypedResults.Ok(data);
    }
}

/// <summary>Everything that is held on a person.</summary>
public sealed record ContactData
{
    /// <summary>The contact.</summary>
    public required Contact Contact { get; init; }

    /// <summary>The engagements in which it took part, the newest day first.</summary>
    public required IReadOnlyList<StateEngagement> Engagements { get; init; }

    /// <summary>The earlier versions of these engagements.</summary>
    public required IReadOnlyList<StateEngagement> EarlierEngagements { get; init; }

    /// <summary>The tasks that name it or follow from these engagements.</summary>
    public required IReadOnlyList<DeskTask> Tasks { get; init; }

    /// <summary>The earlier versions of these tasks.</summary>
    public required IReadOnlyList<DeskTask> EarlierTasks { get; init; }

    /// <summary>Each version of a stance whose evidence names it.</summary>
    public required IReadOnlyList<Stance> Stances { get; init; }

    /// <summary>The comments with its whole name or its e-mail address.</summary>
    public required IReadOnlyList<Comment> Comments { get; init; }

    /// <summary>The resources whose free text has a word of its name. A human decides whether they are about the person.</summary>
    public required IReadOnlyList<TextMention> Mentions { get; init; }
}
