using Microsoft.Extensions.Configuration;

namespace VoteTracker.Tests.Web.Organisation;

/// <summary>A wrong setting of keys, sessions or the sign-in ends the start with a sentence that names it.</summary>
public sealed class SignInSettingsTests
{
    private static readonly Dictionary<string, string?> Valid = new(StringComparer.Ordinal)
    {
        ["SignInAuthority"] = "https://login.example/tenant",
        ["SignInClientId"] = "votetracker",
        ["SignInRoles"] = "a=b=viewer, 5f3c-11=admin",
    };

    [TestCase("KeyDays", "-1", "KeyDays must be from 0 to 36500")]
    [TestCase("KeyRequestsPerMinute", "-1", "KeyRequestsPerMinute must be 0 or more")]
    [TestCase("SessionHours", "0", "SessionHours must be from 1 to 8760; found 0")]
    [TestCase("SessionIdleHours", "-1", "SessionIdleHours must be from 0 to 8760; found -1")]
    [TestCase("SignInHours", "9000", "SignInHours must be from 1 to 8760; found 9000")]
    [TestCase("SignInAuthority", "", "SignInAuthority is not set, but SignInClientId or SignInRoles is")]
    [TestCase("SignInAuthority", "login.example", "such as https://login.example; found 'login.example'")]
    [TestCase("SignInAuthority", "http://login.example", "Plain http is possible on the loopback address only")]
    [TestCase("SignInClientId", "", "SignInClientId must be set")]
    [TestCase("SignInRoles", "", "SignInRoles must be set")]
    [TestCase("SignInRoles", "desk", "parts such as desk=lobbyist")]
    [TestCase("SignInRoles", "desk=boss", "found 'desk=boss'")]
    [TestCase("SignInRoles", "desk=viewer,desk=admin", "SignInRoles must name 'desk' once")]
    [TestCase("SignInRoleClaim", "", "SignInRoleClaim must not be empty")]
    [TestCase("SignInNameClaim", "", "SignInNameClaim must not be empty")]
    [TestCase(
        "SignInClientSecretFile",
        "/nowhere/secret",
        "SignInClientSecretFile: the file /nowhere/secret does not exist"
    )]
    public void A_wrong_setting_is_named(string name, string value, string message)
    {
        Should.Throw<SettingException>(() => Load(name, value)).Message.ShouldContain(message);
    }

    [Test]
    public void Plain_http_is_possible_on_the_loopback_address()
    {
        Load("SignInAuthority", "http://127.0.0.1:9000").SignInAuthority.ShouldBe("http://127.0.0.1:9000");
    }

    private static Settings Load(string name, string value) =>
        Settings.From(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>(Valid, StringComparer.Ordinal) { [name] = value }
                )
                .Build()
        );
}
