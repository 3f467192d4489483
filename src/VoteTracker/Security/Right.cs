namespace VoteTracker.Security;

/// <summary>What a caller may do. <see cref="Rights"/> has the roles that may.</summary>
internal enum Right
{
    /// <summary>Read what is public.</summary>
    ReadPublic,

    /// <summary>Read every resolution and its tree, also a private one.</summary>
    SeeResolutions,

    /// <summary>Read every stance with its certainty, evidence and note, now and in the past.</summary>
    SeeStances,

    /// <summary>Read co-sponsors that have not signed.</summary>
    SeeCoSponsors,

    /// <summary>Read which key made a change.</summary>
    SeeAuthors,

    /// <summary>Read the notes on ineligibility.</summary>
    SeeNotes,

    /// <summary>Read forecasts, paths and calibrations, and compute scenarios.</summary>
    SeeForecasts,

    /// <summary>Read the label, role and expiry of the own key.</summary>
    SeeOwnKey,

    /// <summary>Read sessions that have not convened, and the notes on requests for sessions.</summary>
    SeeSessions,

    /// <summary>List the team: the labels and roles of valid keys.</summary>
    SeeTeam,

    /// <summary>Read contacts, engagements, tasks, the contact of a stance and the notes of milestones.</summary>
    SeeContacts,

    /// <summary>Add, change and erase contacts, engagements and tasks.</summary>
    EditContacts,

    /// <summary>Assign states to team members.</summary>
    AssignStates,

    /// <summary>Read and write comments on stances, and read the mentions of the own label.</summary>
    Comment,

    /// <summary>Save own views, and read the shared ones.</summary>
    SaveViews,

    /// <summary>Record, change and delete stances.</summary>
    RecordStances,

    /// <summary>Record, change and delete co-sponsors.</summary>
    RecordCoSponsors,

    /// <summary>Read endorsements that are not public.</summary>
    SeeEndorsements,

    /// <summary>Record, change, delete and import endorsements, and record, change and delete acts.</summary>
    RecordSupport,

    /// <summary>Read pressures, and forecasts and paths with pressures.</summary>
    SeePressures,

    /// <summary>Record, change and delete pressures.</summary>
    RecordPressures,

    /// <summary>Save and delete scenarios.</summary>
    SaveScenarios,

    /// <summary>Create and revoke links to the own calendar.</summary>
    UseCalendars,

    /// <summary>Record, change and delete the requests of members for a session.</summary>
    RecordRequests,

    /// <summary>Read confidential engagements of other authors.</summary>
    SeeConfidential,

    /// <summary>Read everything that is held on a person, and which contacts will be erased.</summary>
    SeePersonalData,

    /// <summary>Delete comments of other authors.</summary>
    DeleteComments,

    /// <summary>Delete shared views of other labels.</summary>
    DeleteViews,

    /// <summary>Open and change resolutions.</summary>
    ManageResolutions,

    /// <summary>Add, change and delete milestones.</summary>
    ManageMilestones,

    /// <summary>Create, list and revoke share links, and the links to calendars of public resolutions.</summary>
    ShareResolutions,

    /// <summary>Import a table of stances.</summary>
    ImportStances,

    /// <summary>Record and remove roll calls.</summary>
    RecordRollCalls,

    /// <summary>Import the UN's recorded votes, and cancel an import.</summary>
    ImportRecord,

    /// <summary>Enter and end the ineligibility of a member.</summary>
    ManageEligibility,

    /// <summary>Add and change sessions, and record votes and vetoes in the Security Council.</summary>
    ManageSessions,

    /// <summary>Export which key made each change of a stance.</summary>
    ExportAuthors,

    /// <summary>Create, change, test and delete webhooks, and read their deliveries.</summary>
    ManageWebhooks,

    /// <summary>Create, list and revoke keys.</summary>
    ManageKeys,

    /// <summary>Read the metrics of the service.</summary>
    ReadMetrics,

    /// <summary>Read the audit: what each key wrote and which personal data it read.</summary>
    ReadAudit,

    /// <summary>Read and enter the votes of a vote day, and propose its result.</summary>
    EnterVotes,
}
