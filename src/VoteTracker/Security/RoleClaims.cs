using System.Collections.Frozen;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security;

/// <summary>The roles of people who sign in with the organisation, by the values of one of their claims.</summary>
internal sealed class RoleClaims
{
    private readonly FrozenDictionary<string, KeyRole> _roles;

    private RoleClaims(Dictionary<string, KeyRole> roles) => _roles = roles.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The highest role of these values; null if none has a role.</summary>
    public KeyRole? FindHighest(IEnumerable<string> values) =>
        values.Select(value => _roles.TryGetValue(value, out var role) ? role : (KeyRole?)null).Max();

    /// <summary>Reads the setting `SignInRoles`. A <see cref="SettingException"/> quotes the part that is malformed.</summary>
    public static RoleClaims Parse(string setting)
    {
        var roles = new Dictionary<string, KeyRole>(StringComparer.Ordinal);
        foreach (var part in setting.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.LastIndexOf('=');
            var value = equals < 1 ? "" : part[..equals].Trim();
            if (value.Length == 0 || !EnumWord<KeyRole>.TryParse(part[(equals + 1)..].Trim(), out var role))
            {
                throw new SettingException(
                    $"SignInRoles must have parts such as desk=lobbyist, with one of the roles {string.Join(", ", EnumWord<KeyRole>.All)}; found '{part}'."
                );
            }
            if (!roles.TryAdd(value, role))
            {
                throw new SettingException($"SignInRoles must name '{value}' once. Remove one of its roles.");
            }
        }
        return new RoleClaims(roles);
    }
}
