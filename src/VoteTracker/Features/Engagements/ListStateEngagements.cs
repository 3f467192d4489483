using System.Globalization;
using FastEndpoints;
using Microsoft.AspNetCore.Http.HttpResults;
using VoteTracker.Database;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Lists;
using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Filters;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Security.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Engagements;

/// <summary>Lists the engagements with all member states.</summary>
internal sealed class ListStateEngagements(Db db, ReferenceData referenceData, TeamMembers members, TimeProvider clock)
    : EndpointWithoutRequest<Results<Ok<Page<StateEngagement>>, ProblemHttpResult>>
{
    private static readonly TextParameter MemberStateParameter = new(
        "memberState",
        "Only engagements with this member or observer.",
        "NOR"
    );

    private static readonly TextParameter ResolutionParameter = new(
        "resolution",
        "Only engagements about this resolution.",
        "es-10-l-34"
    );

    private static readonly TextParameter ContactParameter = new(
        "contact",
        "Only engagements with this contact.",
        "k7mq2xw9tnhc"
    );

    private static readonly TextParameter AssigneeParameter = new(
        "assignee",
        "Only engagements assigned to this team member: the label of a key, or `me`.",
        TeamMembers.Me
    );

    private static readonly WordParameter<EngagementKind> KindParameter = new("kind", "Only engagements of this kind.");

    private static readonly FirstDayParameter FromParameter = new(
        "from",
        "Only engagements on this day or later.",
        "2026-11-01"
    );

    private static readonly DayParameter ToParameter = new(
        "to",
        "Only engagements on this day or earlier.",
        "2026-11-30"
    );

    public override void Configure()
    {
        Get("/v1/engagements");
        Description(route =>
            route
                .Requires(Right.SeeContacts)
                .ReadsPersonalData(Right.SeeContacts)
                .Described(
                    "Engagements",
                    "Lists the engagements",
                    "The newest day first. Confidential engagements are listed for their author and for coordinators."
                )
                .Takes(
                    MemberStateParameter,
                    ResolutionParameter,
                    ContactParameter,
                    AssigneeParameter,
                    KindParameter,
                    FromParameter,
                    ToParameter
                )
                .Pages()
        );
    }

    public override async Task<Results<Ok<Page<StateEngagement>>, ProblemHttpResult>> ExecuteAsync(CancellationToken ct)
    {
        var caller = Caller.FromContext(HttpContext);
        var query = new Query(HttpContext);
        var paging = Paging.FromQuery(HttpContext, query, "engagements");
        var filter = new EngagementFilter
        {
            MemberState = query.ReadState(MemberStateParameter, referenceData, SeatKind.Member, SeatKind.Observer),
            Resolution = query.Read(ResolutionParameter),
            Contact = query.Read(ContactParameter),
            Kind = EnumWord<EngagementKind>.ToWord(query.Read(KindParameter)),
            From = query.Read(FromParameter, clock.GetUtcNow()),
            To = query.Read(ToParameter),
        };
        var found = await db.Read(async connection =>
        {
            await query.CheckResolution(ResolutionParameter, filter.Resolution, connection, caller);
            await query.CheckContact(ContactParameter, filter.Contact, connection);
            var assignee = await members.Read(query, AssigneeParameter, connection, caller);
            return query.Problem is null
                ? await EngagementStore.List(
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
                    engagement => engagement,
                    engagement => DayCursor.ToText(engagement.On, engagement.Id)
                )
            );
    }
}

/// <summary>A position in a list by day and number.</summary>
internal static class DayCursor
{
    public static string ToText(DateOnly day, long id) => string.Create(CultureInfo.InvariantCulture, $"{day:O} {id}");

    public static (DateOnly Day, long Id)? Parse(string? text) =>
        text?.Split(' ') is [var day, var id]
            ? (
                DateOnly.ParseExact(day, "O", CultureInfo.InvariantCulture),
                long.Parse(id, CultureInfo.InvariantCulture)
            )
            : null;
}
