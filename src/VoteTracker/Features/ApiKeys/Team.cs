using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Text;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.ApiKeys;

/// <summary>The holders of keys at one moment, loaded once for all assignees of a request.</summary>
internal sealed class Team
{
    private readonly IReadOnlyList<ApiKeyRow> _keys;
    private readonly Caller _caller;

    /// <summary>Creates the team of a caller.</summary>
    /// <param name="keys">All keys, the oldest first.</param>
    /// <param name="hasAdminKey">Whether the settings have a key.</param>
    /// <param name="caller">The caller, that `me` stands for.</param>
    /// <param name="now">The moment at which a key must be valid.</param>
    public Team(IReadOnlyList<ApiKeyRow> keys, bool hasAdminKey, Caller caller, DateTimeOffset now)
    {
        (_keys, _caller) = (keys, caller);
        var holders = keys.Where(key => key.IsValid(now))
            .Select(key => new TeamMember { Label = key.Label, Role = EnumWord<KeyRole>.Parse(key.Role) });
        if (hasAdminKey)
        {
            holders = holders.Append(new TeamMember { Label = Caller.LabelOfSettings, Role = KeyRole.Admin });
        }
        Members =
        [
            .. holders.DistinctBy(member => member.Label).OrderBy(member => member.Label, StringComparer.Ordinal),
        ];
    }

    /// <summary>The holders of valid keys, in the order of their labels. A key and the one that replaces it have one holder.</summary>
    public IReadOnlyList<TeamMember> Members { get; }

    /// <summary>The labels of the members, as people sort them: without regard to upper and lower case.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Members.Select(member => member.Label).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The labels of all keys, valid or not; those of the members first.</summary>
    public IReadOnlyList<string> AllLabels =>
        [
            .. Members
                .Select(member => member.Label)
                .Concat(_keys.Select(key => key.Label))
                .Distinct(StringComparer.Ordinal),
        ];

    /// <summary>The label that an `assignee` in a body stands for, or what is wrong with it. The key must be valid.</summary>
    public (string? Label, string? Fault) FindValid(string text)
    {
        if (text == TeamMembers.Me)
        {
            return (_caller.Label, null);
        }
        if (Members.FirstOrDefault(member => IsLabel(member.Label, text)) is { } valid)
        {
            return (valid.Label, null);
        }
        return (
            null,
            FindKey(text) is { } key
                ? $"must be the label of a valid key; the key {SafeText.Quote(key.Label)} {(key.RevokedAt is null ? "has expired" : "was revoked")}"
                : $"must be me, or the label of a valid key; found {SafeText.Quote(text)}{Suggest(text)}"
        );
    }

    /// <summary>The newest key with a label, also one that is no longer valid; null if there is none.</summary>
    public ApiKeyRow? FindKey(string text) => _keys.LastOrDefault(key => IsLabel(key.Label, text));

    /// <summary>A question about the label that is closest to a text; empty if none is close.</summary>
    public string Suggest(string text) =>
        ClosestName.Find(text, Members.Select(member => member.Label)) is { } closest
            ? $"; did you mean {SafeText.Quote(closest)}?"
            : "";

    // No two keys of different holders have labels that differ in their case. The key of the settings is named exactly.
    private static bool IsLabel(string label, string text) =>
        string.Equals(
            label,
            text,
            label == Caller.LabelOfSettings ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase
        );
}

/// <summary>A member of the team: the holder of a valid key.</summary>
public sealed record TeamMember
{
    /// <summary>The label of the key: the name that an `assignee` has.</summary>
    public required string Label { get; init; }

    /// <summary>The role of the key.</summary>
    public required KeyRole Role { get; init; }
}
