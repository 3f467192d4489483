using VoteTracker.Features.ApiKeys;
using VoteTracker.Features.Changes;
using VoteTracker.Features.Contacts;
using VoteTracker.Features.CoSponsors;
using VoteTracker.Features.Exports;
using VoteTracker.Features.Forecasts;
using VoteTracker.Features.Health;
using VoteTracker.Features.Imports;
using VoteTracker.Features.MemberStates;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.RollCalls;
using VoteTracker.Features.Scenarios;
using VoteTracker.Features.Sessions;
using VoteTracker.Features.Stances;
using VoteTracker.Features.Tallies;

namespace VoteTracker;

/// <summary>Every endpoint, one line each, in reading order.</summary>
internal static class Routes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // The facts
        ListMemberStates.Map(routes);
        GetMemberState.Map(routes);
        GetIneligibility.Map(routes);
        EnterIneligibility.Map(routes);
        EndIneligibility.Map(routes);
        ListSessions.Map(routes);
        GetSession.Map(routes);

        // Texts
        ListResolutions.Map(routes);
        OpenResolution.Map(routes);
        GetResolution.Map(routes);
        ChangeResolution.Map(routes);
        GetTree.Map(routes);

        // Where the members stand
        ListStances.Map(routes);
        GetStance.Map(routes);
        RecordStance.Map(routes);
        DeleteStance.Map(routes);
        GetStanceHistory.Map(routes);
        ImportStances.Map(routes);

        // The count
        GetTally.Map(routes);
        GetTimeline.Map(routes);
        GetDiff.Map(routes);
        StreamTally.Map(routes);
        StreamTallies.Map(routes);
        GetBreakdown.Map(routes);
        GetBreakdown.MapCsv(routes);

        // What if
        ComputeScenario.Map(routes);
        ListScenarios.Map(routes);
        GetScenario.Map(routes);
        KeepScenario.Map(routes);
        DeleteScenario.Map(routes);
        GetScenarioOutcome.Map(routes);

        // What is to be expected
        GetForecast.Map(routes);
        GetPath.Map(routes);
        GetCalibration.Map(routes);
        GetCalibration.MapAll(routes);

        // Who is behind a text
        ListCoSponsors.Map(routes);
        GetCoSponsor.Map(routes);
        RecordCoSponsor.Map(routes);
        DeleteCoSponsor.Map(routes);

        // The Assembly's record
        GetRollCall.Map(routes);
        RecordRollCall.Map(routes);
        ListVotesOfMember.Map(routes);
        GetAgreement.Map(routes);
        GetCohesion.Map(routes);
        GetPopoloMotion.Map(routes);
        GetPopoloVoteEvent.Map(routes);
        ImportRollCalls.Map(routes);
        GetImport.Map(routes);

        // Tables to take away
        ExportStances.Map(routes);
        ExportStances.MapFile(routes);
        ExportBreakdown.Map(routes);
        ExportBreakdown.MapFile(routes);
        ExportCoSponsors.Map(routes);
        ExportCoSponsors.MapFile(routes);
        ExportHistory.Map(routes);
        ExportHistory.MapFile(routes);
        ExportRollCall.Map(routes);
        ExportRollCall.MapFile(routes);
        ExportRollCalls.Map(routes);
        ExportRollCalls.MapFile(routes);
        ExportMatrix.Map(routes);
        ExportMatrix.MapFile(routes);
        ExportResolutions.Map(routes);
        ExportResolutions.MapFile(routes);
        ExportMemberStates.Map(routes);
        ExportMemberStates.MapFile(routes);
        ExportPackage.Map(routes);
        ExportRecordPackage.Map(routes);

        // Whom to talk to
        ListContacts.Map(routes);
        AddContact.Map(routes);
        GetContact.Map(routes);
        ChangeContact.Map(routes);
        EraseContact.Map(routes);
        ListEngagements.Map(routes);
        LogEngagement.Map(routes);

        // The service itself
        ListChanges.Map(routes);
        ListApiKeys.Map(routes);
        CreateApiKey.Map(routes);
        RevokeApiKey.Map(routes);
        GetHealth.MapLive(routes);
        GetHealth.MapReady(routes);
    }
}
