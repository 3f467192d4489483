using VoteTracker.Features.Acts;
using VoteTracker.Features.Assignments;
using VoteTracker.Features.Briefs;
using VoteTracker.Features.Calendars;
using VoteTracker.Features.Comments;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.Digests;
using VoteTracker.Features.Endorsements;
using VoteTracker.Features.Engagements;
using VoteTracker.Features.Feeds;
using VoteTracker.Features.Gaps;
using VoteTracker.Features.Milestones;
using VoteTracker.Features.PersonalData;
using VoteTracker.Features.Pressures;
using VoteTracker.Features.Tasks;
using VoteTracker.Features.Views;
using static VoteTracker.Route;

namespace VoteTracker;

/// <summary>The routes of the team's work: contacts, engagements, tasks, and what is made from them.</summary>
internal static class DeskRoutes
{
    public static readonly IReadOnlyList<Route> All =
    [
        // Contacts
        Get<ListContacts>("/v1/contacts"),
        Post<AddContact>("/v1/contacts"),
        Get<GetContact>("/v1/contacts/{id}"),
        Patch<ChangeContact>("/v1/contacts/{id}"),
        Delete<EraseContact>("/v1/contacts/{id}"),
        Post<ImportContacts>("/v1/contacts/import"),
        Get<ListEngagements>("/v1/contacts/{id}/engagements"),
        Post<LogEngagement>("/v1/contacts/{id}/engagements"),
        Get<GetContactData>("/v1/contacts/{id}/data"),
        Get<GetRetention>("/v1/retention"),
        // Engagements and tasks
        Get<ListStateEngagements>("/v1/engagements"),
        Post<RecordEngagement>("/v1/engagements"),
        Get<GetEngagement>("/v1/engagements/{id}"),
        Patch<ChangeEngagement>("/v1/engagements/{id}"),
        Delete<DeleteEngagement>("/v1/engagements/{id}"),
        Get<GetEngagementHistory>("/v1/engagements/{id}/history"),
        Post<RevertEngagement>("/v1/engagements/{id}/revert"),
        Get<ListTasks>("/v1/tasks"),
        Post<AddTask>("/v1/tasks"),
        Get<GetTask>("/v1/tasks/{id}"),
        Patch<ChangeTask>("/v1/tasks/{id}"),
        Delete<DeleteTask>("/v1/tasks/{id}"),
        Get<GetTaskHistory>("/v1/tasks/{id}/history"),
        Post<RevertTask>("/v1/tasks/{id}/revert"),
        // Assignments
        Get<ListAssignments>("/v1/resolutions/{id}/assignments"),
        Get<GetAssignment>("/v1/resolutions/{id}/assignments/{iso3}"),
        Put<RecordAssignment>("/v1/resolutions/{id}/assignments/{iso3}"),
        Delete<DeleteAssignment>("/v1/resolutions/{id}/assignments/{iso3}"),
        Post<ImportAssignments>("/v1/resolutions/{id}/assignments/import"),
        // Briefs
        Get<GetBrief>("/v1/resolutions/{id}/briefs/{iso3}"),
        Get<GetDigest>("/v1/digest"),
        // Comments and views
        Get<ListComments>("/v1/resolutions/{id}/stances/{iso3}/comments"),
        Post<AddComment>("/v1/resolutions/{id}/stances/{iso3}/comments"),
        Delete<DeleteComment>("/v1/resolutions/{id}/stances/{iso3}/comments/{comment}"),
        Get<ListMentions>("/v1/mentions"),
        Get<ListViews>("/v1/views"),
        Get<GetView>("/v1/views/{name}"),
        Put<SaveView>("/v1/views/{name}"),
        Delete<DeleteView>("/v1/views/{name}"),
        // Support
        Get<ListEndorsements>("/v1/endorsements"),
        Post<RecordEndorsement>("/v1/endorsements"),
        Get<SumEndorsements>("/v1/endorsements/summary"),
        Get<GetEndorsement>("/v1/endorsements/{id}"),
        Patch<ChangeEndorsement>("/v1/endorsements/{id}"),
        Delete<DeleteEndorsement>("/v1/endorsements/{id}"),
        Post<ImportEndorsements>("/v1/endorsements/import"),
        Get<ListActs>("/v1/acts"),
        Post<RecordAct>("/v1/acts"),
        Get<GetAct>("/v1/acts/{id}"),
        Patch<ChangeAct>("/v1/acts/{id}"),
        Delete<DeleteAct>("/v1/acts/{id}"),
        Get<ListPressures>("/v1/pressures"),
        Post<RecordPressure>("/v1/pressures"),
        Get<GetPressure>("/v1/pressures/{id}"),
        Patch<ChangePressure>("/v1/pressures/{id}"),
        Delete<DeletePressure>("/v1/pressures/{id}"),
        // Timetable
        Get<ListMilestones>("/v1/resolutions/{id}/milestones"),
        Post<AddMilestone>("/v1/resolutions/{id}/milestones"),
        Get<GetMilestone>("/v1/resolutions/{id}/milestones/{milestone}"),
        Patch<ChangeMilestone>("/v1/resolutions/{id}/milestones/{milestone}"),
        Delete<DeleteMilestone>("/v1/resolutions/{id}/milestones/{milestone}"),
        Get<GetMilestoneHistory>("/v1/resolutions/{id}/milestones/{milestone}/history"),
        Get<ListCalendars>("/v1/calendars"),
        Post<CreateCalendar>("/v1/calendars"),
        Delete<RevokeCalendar>("/v1/calendars/{id}"),
        Get<GetCalendar>("/v1/calendars/{token}.ics"),
        Get<GetFeed>("/v1/feed.atom"),
        // Gaps
        Get<ListGaps>("/v1/resolutions/{id}/gaps"),
    ];
}
