namespace VoteTracker.Security;

/// <summary>What a key may do; each role includes the one before.</summary>
internal enum Role
{
    /// <summary>No key: what is public.</summary>
    Anonymous,

    /// <summary>Reads everything of a resolution but contacts.</summary>
    Viewer,

    /// <summary>Records stances and co-sponsors; reads and writes contacts and engagements.</summary>
    Lobbyist,

    /// <summary>Opens resolutions, records roll calls, imports, enters ineligibility.</summary>
    Coordinator,

    /// <summary>Makes and revokes keys.</summary>
    Admin,
}
