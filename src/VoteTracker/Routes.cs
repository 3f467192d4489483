using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Audit;
using VoteTracker.Features.Changes;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports.Citations;
using VoteTracker.Features.Exports.Packages;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Health;
using VoteTracker.Features.Imports;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Observability;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.RollCalls;
using VoteTracker.Features.Scenarios;
using VoteTracker.Features.Sessions;
using VoteTracker.Features.Sessions.Convening;
using VoteTracker.Features.Sharing;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Stances.Undo;
using VoteTracker.Features.Tallies;
using VoteTracker.Features.Vetoes;
using VoteTracker.Features.VoteDays;
using VoteTracker.Features.Webhooks;
using VoteTracker.Web.Pictures;
using VoteTracker.Web.Pictures.Serving;
using static VoteTracker.Route;

namespace VoteTracker;

/// <summary>
/// Every endpoint in reading order, with its method and addresses. This table also registers the endpoints: nothing is
/// scanned. <see cref="DeskRoutes"/> has the work of the team, and <see cref="PageRoutes"/> the
/// pages.
/// </summary>
internal static class Routes
{
    public static readonly IReadOnlyList<Route> All =
    [
        // Member states and sessions
        Get<ListMemberStates>("/v1/member-states"),
        Get<GetMemberState>("/v1/member-states/{iso3}"),
        Get<GetIneligibility>("/v1/member-states/{iso3}/ineligibility"),
        Put<EnterIneligibility>("/v1/member-states/{iso3}/ineligibility"),
        Delete<EndIneligibility>("/v1/member-states/{iso3}/ineligibility"),
        Get<ListGroups>("/v1/groups"),
        Get<ListSessions>("/v1/sessions"),
        Post<AddSession>("/v1/sessions"),
        Get<GetSession>("/v1/sessions/{id}"),
        Patch<ChangeSession>("/v1/sessions/{id}"),
        Get<GetConvening>("/v1/sessions/{id}/convening"),
        Get<ListSessionRequests>("/v1/sessions/{id}/requests"),
        Get<GetSessionRequest>("/v1/sessions/{id}/requests/{iso3}"),
        Put<RecordRequest>("/v1/sessions/{id}/requests/{iso3}"),
        Delete<DeleteRequest>("/v1/sessions/{id}/requests/{iso3}"),
        Get<GetSessionRequestHistory>("/v1/sessions/{id}/requests/{iso3}/history"),
        Get<GetCouncilVote>("/v1/sessions/{id}/council-vote"),
        Put<RecordCouncilVote>("/v1/sessions/{id}/council-vote"),
        Delete<DeleteCouncilVote>("/v1/sessions/{id}/council-vote"),
        Get<ListCouncilVetoes>("/v1/council-vetoes"),
        Post<AddCouncilVeto>("/v1/council-vetoes"),
        Get<GetCouncilVeto>("/v1/council-vetoes/{id}"),
        Patch<ChangeCouncilVeto>("/v1/council-vetoes/{id}"),
        Delete<DeleteCouncilVeto>("/v1/council-vetoes/{id}"),
        // Resolutions
        Get<ListResolutions>("/v1/resolutions"),
        Post<OpenResolution>("/v1/resolutions"),
        Get<GetResolution>("/v1/resolutions/{id}"),
        Patch<ChangeResolution>("/v1/resolutions/{id}"),
        Delete<DeleteResolution>("/v1/resolutions/{id}"),
        Get<GetTree>("/v1/resolutions/{id}/tree"),
        // Stances
        Get<ListStances>("/v1/resolutions/{id}/stances"),
        Get<GetStance>("/v1/resolutions/{id}/stances/{iso3}"),
        Put<RecordStance>("/v1/resolutions/{id}/stances/{iso3}"),
        Patch<ChangeStance>("/v1/resolutions/{id}/stances/{iso3}"),
        Delete<DeleteStance>("/v1/resolutions/{id}/stances/{iso3}"),
        Get<GetStanceHistory>("/v1/resolutions/{id}/stances/{iso3}/history"),
        Post<RevertStance>("/v1/resolutions/{id}/stances/{iso3}/revert"),
        Post<ImportStances>("/v1/resolutions/{id}/stances/import"),
        Get<ListStanceImports>("/v1/resolutions/{id}/stances/imports"),
        Get<GetStanceImport>("/v1/resolutions/{id}/stances/imports/{importId}"),
        Post<RevertStanceImport>("/v1/resolutions/{id}/stances/imports/{importId}/revert"),
        // Tallies
        Get<GetTally>("/v1/resolutions/{id}/tally"),
        Get<GetTimeline>("/v1/resolutions/{id}/tally/timeline"),
        Get<GetDiff>("/v1/resolutions/{id}/diff"),
        Get<StreamTally>("/v1/resolutions/{id}/tally/stream"),
        Get<StreamTallies>("/v1/stream"),
        Get<GetBreakdown>("/v1/resolutions/{id}/breakdown"),
        Get<GetBreakdownCsv>("/v1/resolutions/{id}/breakdown.csv"),
        Get<GetPositions>("/v1/resolutions/{id}/positions"),
        // Sharing
        Get<ListShareLinks>("/v1/resolutions/{id}/share-links"),
        Post<CreateShareLink>("/v1/resolutions/{id}/share-links"),
        Delete<RevokeShareLink>("/v1/resolutions/{id}/share-links/{linkId}"),
        Get<GetSharedTally>("/shared/{secret}/tally"),
        Get<GetSharedTallyCsv>("/shared/{secret}/tally.csv"),
        Get<GetSharedBreakdown>("/shared/{secret}/breakdown"),
        Get<GetSharedPositions>("/shared/{secret}/positions"),
        Get<StreamSharedTally>("/shared/{secret}/stream"),
        Get<GetSharedPicture>("/shared/{secret}/{picture}.svg"),
        // Scenarios
        Post<ComputeScenario>("/v1/resolutions/{id}/scenarios"),
        Get<ListScenarios>("/v1/resolutions/{id}/scenarios"),
        Get<GetScenario>("/v1/resolutions/{id}/scenarios/{name}"),
        Put<KeepScenario>("/v1/resolutions/{id}/scenarios/{name}"),
        Delete<DeleteScenario>("/v1/resolutions/{id}/scenarios/{name}"),
        Get<GetScenarioOutcome>("/v1/resolutions/{id}/scenarios/{name}/outcome"),
        // Forecasts
        Get<GetForecast>("/v1/resolutions/{id}/forecast"),
        Get<GetPath>("/v1/resolutions/{id}/path"),
        Get<GetAskNext>("/v1/resolutions/{id}/ask-next"),
        Get<GetCalibration>("/v1/resolutions/{id}/calibration"),
        Get<GetCalibrationOfAll>("/v1/calibration"),
        // Co-sponsors
        Get<ListCoSponsors>("/v1/resolutions/{id}/co-sponsors"),
        Get<GetCoSponsorCoverage>("/v1/resolutions/{id}/co-sponsors/coverage"),
        Get<GetCoSponsor>("/v1/resolutions/{id}/co-sponsors/{iso3}"),
        Get<GetCoSponsorHistory>("/v1/resolutions/{id}/co-sponsors/{iso3}/history"),
        Put<RecordCoSponsor>("/v1/resolutions/{id}/co-sponsors/{iso3}"),
        Patch<ChangeCoSponsor>("/v1/resolutions/{id}/co-sponsors/{iso3}"),
        Delete<DeleteCoSponsor>("/v1/resolutions/{id}/co-sponsors/{iso3}"),
        Post<ImportCoSponsors>("/v1/resolutions/{id}/co-sponsors/import"),
        // Roll calls and imports
        Get<GetRollCall>("/v1/resolutions/{id}/roll-call"),
        Put<RecordRollCall>("/v1/resolutions/{id}/roll-call"),
        Delete<RemoveRollCall>("/v1/resolutions/{id}/roll-call"),
        Get<GetVoteDay>("/v1/resolutions/{id}/vote-day"),
        Put<OpenVoteDay>("/v1/resolutions/{id}/vote-day"),
        Delete<DiscardVoteDay>("/v1/resolutions/{id}/vote-day"),
        Put<EnterVote>("/v1/resolutions/{id}/vote-day/votes/{iso3}"),
        Delete<RemoveVote>("/v1/resolutions/{id}/vote-day/votes/{iso3}"),
        Post<ProposeVoteDay>("/v1/resolutions/{id}/vote-day/propose"),
        Post<ConfirmVoteDay>("/v1/resolutions/{id}/vote-day/confirm"),
        Post<ReopenVoteDay>("/v1/resolutions/{id}/vote-day/reopen"),
        Get<ListVotesOfMember>("/v1/member-states/{iso3}/votes"),
        Get<GetAgreement>("/v1/agreement"),
        Get<GetCohesion>("/v1/resolutions/{id}/cohesion"),
        Get<GetPopoloMotion>("/v1/resolutions/{id}/popolo"),
        Get<GetPopoloVoteEvent>("/v1/resolutions/{id}/roll-call/popolo"),
        Post<ImportRollCalls>("/v1/imports/roll-calls"),
        Get<GetImport>("/v1/imports/{id}"),
        Delete<CancelImport>("/v1/imports/{id}"),
        // Exports
        Table<ExportStances>("/v1/resolutions/{id}/export/stances"),
        Table<ExportBreakdown>("/v1/resolutions/{id}/export/breakdown"),
        Table<ExportCoSponsors>("/v1/resolutions/{id}/export/co-sponsors"),
        Table<ExportHistory>("/v1/resolutions/{id}/export/history"),
        Table<ExportRollCall>("/v1/resolutions/{id}/export/roll-call"),
        Table<ExportRollCalls>("/v1/export/roll-calls"),
        Table<ExportMatrix>("/v1/export/matrix"),
        Table<ExportResolutions>("/v1/export/resolutions"),
        Table<ExportMemberStates>("/v1/export/member-states"),
        Get<ExportPackage>("/v1/resolutions/{id}/export.zip"),
        Get<ExportRecordPackage>("/v1/export.zip"),
        Get<GetCitation>("/v1/resolutions/{id}/citation", "/v1/resolutions/{id}/citation.{format}"),
        // Pictures
        Picture<GetHemicycle>("hemicycle"),
        Picture<GetBoard>("board"),
        Picture<GetTiles>("tiles"),
        Picture<GetRegions>("regions"),
        Picture<GetTimelinePicture>("timeline"),
        Picture<GetPathPicture>("path"),
        Picture<GetOutlookPicture>("outlook"),
        Picture<GetBadge>("badge"),
        Picture<GetCard>("card"),
        .. DeskRoutes.All,
        // The service
        Get<ListChanges>("/v1/changes"),
        Get<ListApiKeys>("/v1/api-keys"),
        Post<CreateApiKey>("/v1/api-keys"),
        Delete<RevokeApiKey>("/v1/api-keys/{id}"),
        Post<RotateApiKey>("/v1/api-keys/{id}/rotate"),
        Get<ListAudit>("/v1/audit"),
        Get<ListWebhooks>("/v1/webhooks"),
        Post<CreateWebhook>("/v1/webhooks"),
        Get<GetWebhook>("/v1/webhooks/{id}"),
        Patch<ChangeWebhook>("/v1/webhooks/{id}"),
        Delete<DeleteWebhook>("/v1/webhooks/{id}"),
        Post<RotateWebhookSecret>("/v1/webhooks/{id}/rotate-secret"),
        Post<TestWebhook>("/v1/webhooks/{id}/test"),
        Get<ListDeliveries>("/v1/webhooks/{id}/deliveries"),
        Post<RedeliverFailed>("/v1/webhooks/{id}/redeliver"),
        Post<Redeliver>("/v1/webhooks/{id}/deliveries/{delivery}/redeliver"),
        Get<GetMe>("/v1/me"),
        Get<ListTeam>("/v1/team"),
        Get<GetLiveness>("/health/live"),
        Get<GetReadiness>("/health/ready"),
        Get<GetMetrics>("/metrics"),
        .. PageRoutes.All,
    ];
}
