namespace VoteTracker.Security;

/// <summary>The roles that a key can have; each includes the one before.</summary>
public enum KeyRole
{
    /// <summary>Reads everything of a resolution but contacts.</summary>
    Viewer,

    /// <summary>Records stances and co-sponsors; reads and writes contacts and engagements.</summary>
    Lobbyist,

    /// <summary>Opens resolutions, records roll calls, imports, enters ineligibility.</summary>
    Coordinator,

    /// <summary>Creates and revokes keys.</summary>
    Admin,
}
