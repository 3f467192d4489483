namespace VoteTracker.Security.Audit;

/// <summary>The kind of an entry of the audit.</summary>
public enum AuditAction
{
    /// <summary>A write.</summary>
    Write,

    /// <summary>A read of personal data: contacts, engagements, briefs, digests, personal calendars, exports with authors, the audit, or the whole database.</summary>
    Read,

    /// <summary>Requests whose key does not have the right: 403. One entry has those of a key to one operation, from one address in one minute.</summary>
    RefusedRight,

    /// <summary>Requests with a key that is wrong, expired or revoked, from one address in one minute.</summary>
    RefusedKey,

    /// <summary>The begin of a session.</summary>
    SignIn,

    /// <summary>The end of a session.</summary>
    SignOut,

    /// <summary>A new key.</summary>
    KeyCreated,

    /// <summary>The end of a key.</summary>
    KeyRevoked,

    /// <summary>The erasure of texts of the audit.</summary>
    Erasure,

    /// <summary>The deletion of old entries of the audit.</summary>
    Retention,
}
