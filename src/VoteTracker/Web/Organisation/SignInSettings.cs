using VoteTracker.Security;
using static VoteTracker.SettingException;

namespace VoteTracker.Web.Organisation;

/// <summary>The values that the settings of sessions and of the sign-in with the organisation can have.</summary>
internal static class SignInSettings
{
    /// <summary>Throws a <see cref="SettingException"/> that names the first wrong setting.</summary>
    public static void Check(Settings settings)
    {
        RequireHours(nameof(settings.SessionHours), settings.SessionHours, least: 1);
        RequireHours(nameof(settings.SessionIdleHours), settings.SessionIdleHours, least: 0);
        RequireHours(nameof(settings.SignInHours), settings.SignInHours, least: 1);
        _ = RoleClaims.Parse(settings.SignInRoles);
        if (settings.SignInAuthority.Length == 0)
        {
            Require(
                settings.SignInClientId.Length == 0 && settings.SignInRoles.Length == 0,
                "SignInAuthority is not set, but SignInClientId or SignInRoles is. Set it to the address of the provider, or remove them."
            );
            return;
        }
        Require(
            Uri.TryCreate(settings.SignInAuthority, UriKind.Absolute, out var authority)
                && (
                    authority.Scheme == Uri.UriSchemeHttps
                    || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)
                )
                && authority.UserInfo.Length == 0,
            $"SignInAuthority must be an address such as https://login.example; found '{settings.SignInAuthority}'. Plain http is possible on the loopback address only."
        );
        Require(settings.SignInClientId.Length > 0, "SignInClientId must be set, because SignInAuthority is.");
        Require(
            settings.SignInRoles.Trim(' ', ',').Length > 0,
            "SignInRoles must be set, because SignInAuthority is. Without it nobody has a role."
        );
        Require(settings.SignInRoleClaim.Length > 0, "SignInRoleClaim must not be empty; the default is roles.");
        Require(settings.SignInNameClaim.Length > 0, "SignInNameClaim must not be empty; the default is name.");
        if (settings.SignInClientSecretFile.Length > 0)
        {
            _ = SecretFile.Load(nameof(settings.SignInClientSecretFile), settings.SignInClientSecretFile);
        }
    }

    private static void RequireHours(string name, int hours, int least) =>
        Require(hours >= least && hours <= 8_760, $"{name} must be from {least} to 8760; found {hours}.");
}
