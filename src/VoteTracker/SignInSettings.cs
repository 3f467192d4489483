using System.ComponentModel;

namespace VoteTracker;

/// <summary>The settings of keys, sessions and the sign-in with the organisation.</summary>
internal sealed partial record Settings
{
    [Description(
        "The days after which a new key expires if its creator names no moment; 0 is never. The first admin key does not expire."
    )]
    public int KeyDays { get; init; } = 365;

    [Description(
        "The requests per minute of one key or one person; 0 is no limit. Current tallies, breakdowns and streams have no limit."
    )]
    public int KeyRequestsPerMinute { get; init; } = 60_000;

    [Description("The hours that a session lasts which began with a key on the page `/sign-in`.")]
    public int SessionHours { get; init; } = 720;

    [Description("The hours without a request after which any session ends; 0 is no such limit.")]
    public int SessionIdleHours { get; init; } = 168;

    [Description(
        "Sign-in with the organisation: the address of the OpenID Connect provider, such as `https://login.example`. Without it, people sign in with keys."
    )]
    public string SignInAuthority { get; init; } = "";

    [Description("Sign-in with the organisation: the name of this service at the provider.")]
    public string SignInClientId { get; init; } = "";

    [Description(
        "Sign-in with the organisation: a file with the secret of this service at the provider, on one line. Without it, the service is a public client."
    )]
    public string SignInClientSecretFile { get; init; } = "";

    [Description(
        "Sign-in with the organisation: the roles of people by the values of their claim, such as `votetracker-admins=admin, desk=lobbyist`. The highest role counts; without one, the sign-in is rejected."
    )]
    public string SignInRoles { get; init; } = "";

    [Description("Sign-in with the organisation: the claim with the values of `SignInRoles`.")]
    public string SignInRoleClaim { get; init; } = "roles";

    [Description("Sign-in with the organisation: the claim with the name of a person, the author of the changes.")]
    public string SignInNameClaim { get; init; } = "name";

    [Description("Sign-in with the organisation: the scopes that the service requests, besides `openid`.")]
    public string SignInScopes { get; init; } = "profile";

    [Description(
        "Sign-in with the organisation: the hours after which a person signs in again, so that a changed role takes effect."
    )]
    public int SignInHours { get; init; } = 12;
}
