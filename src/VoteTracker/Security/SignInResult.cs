namespace VoteTracker.Security;

/// <summary>The reason why a key did not begin a session.</summary>
internal enum SignInFault
{
    /// <summary>The field is empty.</summary>
    NoKey,

    /// <summary>No valid key has this text: it is wrong, has expired or was revoked.</summary>
    WrongKey,

    /// <summary>The claims of the person give no role.</summary>
    NoRole,

    /// <summary>An administrator ended the access of the person.</summary>
    Revoked,

    /// <summary>The person or the provider denied the sign-in.</summary>
    Denied,

    /// <summary>The provider cannot be reached.</summary>
    Unreachable,

    /// <summary>The response of the provider is not valid, too late or was used before.</summary>
    Failed,
}

/// <summary>The result of a sign-in: the token of the new session, or the reason why there is none.</summary>
internal sealed record SignInResult(string? Token, SignInFault? Fault)
{
    public static SignInResult Began(string token) => new(token, null);

    public static SignInResult Rejected(SignInFault fault) => new(null, fault);
}
