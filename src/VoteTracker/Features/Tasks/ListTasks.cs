using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Tasks;

/// <summary>Lists the tasks.</summary>
internal sealed class ListTasks(Db db, ReferenceData referenceData, TeamMembers members, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<DeskTask>>, ProblemHttpResult>>
{
    private static readonly TextParameter AssigneeParameter = new(
        "assignee",
        "Only tasks of this team member: the label of a key, or `me`.",
        TeamMembers.Me
    );

    private static readonly WordParameter<TaskProgress> StatusParameter = new(
        "status",
        "`open`: not done. `overdue`: not done, and due before today in New York. `done`: done."
    );

    private static readonly DayParameter DueBeforeParameter = new(
        "dueBefore",
        "Only tasks that are due before this day.",
        "2026-12-01"
    );

    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only tasks about this member or observer.",
        "NOR"
    );

    private static readonly TextParameter ResolutionParameter = new(
        "resolution",
        "Only tasks about this resolution.",
        "es-10-l-34"
    );

    private static readonly TextParameter ContactParameter = new(
        "contact",
        "Only tasks about this contact.",
        "k7mq2xw9tnhc"
    );

    private static readonly TextParameter EngagementParameter = new(
        "engagement",
        "Only tasks that follow from this engagement.",
        "3"
    );

    public override void Configure()
    {
        Get("/v1/tasks");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .Described(
                    "Tasks",
                    "Lists the tasks",
                    "The earliest due day first, and tasks without a due day last. A task of a confidential engagement is listed for its assignee, for the author of the engagement, and for coordinators."
                )
                .Takes(
                    AssigneeParameter,
                    StatusParameter,
                    DueBeforeParameter,
                    MemberStateParameter,
                    ResolutionParameter,
                    ContactParameter,
                    EngagementParameter
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<DeskTask>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "tasks");
        var filter = new TaskFilter
        {
            MemberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member, SeatKind.Observer),
            Resolution = query.Read(ResolutionParameter),
            Contact = query.Read(ContactParameter),
            Engagement = ReadEngagement(query),
            Status = query.Read(StatusParameter),
            DueBefore = query.Read(DueBeforeParameter),
            Today = NewYork.DayOf(clock.GetUtcNow()),
        };
        var found = await db.Read(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, filter.Resolution, connection, caller);
            await query.CheckContact(ContactParameter, filter.Contact, connection);
            var assignee = await members.Read(query, AssigneeParameter, connection, caller);
            return query.Problem is null
                ? await TaskStore.List(
                    connection,
                    filter with
                    {
                        Assignee = assignee,
                    },
                    caller,
                    DayCursor.Parse(paging.After),
                    paging.Rows
                )
                : [];
        });
        return query.Problem is { } problem
            ? problem
            : TypedResults.Ok(
                paging.Page(
                    HttpContext,
                    found,
                    task => task,
                    task => DayCursor.ToText(TaskRow.SortDayOf(task), task.Id)
                )
            );
    }

    private static long? ReadEngagement(Query query)
    {
        if (query.Read(EngagementParameter) is not { } text)
        {
            return null;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        query.Wrong(EngagementParameter, "must be the number of an engagement", text);
        return null;
    }
}
