namespace VoteTracker.Features.Acts;

/// <summary>The kind of a formal act of a state.</summary>
public enum ActKind
{
    /// <summary>A declaration of intervention in a case before the International Court of Justice (Statute, Articles 62 and 63).</summary>
    DeclarationOfIntervention,

    /// <summary>The recognition of a state or government.</summary>
    Recognition,

    /// <summary>A statement in an organ of the United Nations, or by a government.</summary>
    Statement,

    /// <summary>An explanation of vote (rule 88).</summary>
    ExplanationOfVote,

    /// <summary>A signature, ratification, accession, reservation or withdrawal concerning a treaty.</summary>
    TreatyAction,

    /// <summary>Another act; see the title.</summary>
    Other,
}
