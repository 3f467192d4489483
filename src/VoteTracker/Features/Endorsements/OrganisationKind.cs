namespace VoteTracker.Features.Endorsements;

/// <summary>The kind of an organisation.</summary>
public enum OrganisationKind
{
    /// <summary>A trade union.</summary>
    TradeUnion,

    /// <summary>A religious community or its organisation.</summary>
    Religious,

    /// <summary>A university, a school or an institute.</summary>
    Academic,

    /// <summary>An association of a profession.</summary>
    Professional,

    /// <summary>An organisation of young people or students.</summary>
    Youth,

    /// <summary>An organisation of women.</summary>
    Women,

    /// <summary>A human rights organisation.</summary>
    HumanRights,

    /// <summary>A humanitarian or development organisation.</summary>
    Humanitarian,

    /// <summary>An environmental organisation.</summary>
    Environmental,

    /// <summary>An organisation for culture or sport.</summary>
    Cultural,

    /// <summary>A company, or an association of companies.</summary>
    Business,

    /// <summary>A municipality, a province, or an association of them.</summary>
    LocalGovernment,

    /// <summary>A party, or a group in a parliament.</summary>
    Political,

    /// <summary>Another kind.</summary>
    Other,
}
