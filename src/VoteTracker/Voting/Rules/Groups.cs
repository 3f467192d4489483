using System.Collections.Frozen;

namespace VoteTracker.Voting.Rules;

/// <summary>The kind of a group.</summary>
public enum GroupScheme
{
    /// <summary>One of the five regional groups, which partition the members.</summary>
    RegionalGroup,

    /// <summary>A political or economic group. Blocs overlap.</summary>
    Bloc,
}

/// <summary>A regional group or a bloc.</summary>
public sealed record Group
{
    /// <summary>Its key: `african-states`, `nam`.</summary>
    public required string Key { get; init; }

    /// <summary>Regional group or bloc.</summary>
    public required GroupScheme Scheme { get; init; }

    /// <summary>Its name in English.</summary>
    public required string Name { get; init; }
}

/// <summary>The membership of a state in a group, for a spell of days if it is known, otherwise as currently listed.</summary>
public readonly record struct Membership(string Group, string MemberState, Spell Spell);

/// <summary>The groups and their members.</summary>
public sealed class Groups
{
    /// <summary>The row of the states that are in none of the selected groups.</summary>
    public const string None = "none";

    private readonly FrozenDictionary<string, Membership[]> _memberships;

    /// <summary>The groups in their order, and their members.</summary>
    public Groups(IEnumerable<Group> groups, IEnumerable<Membership> memberships, DateOnly compiledOn)
    {
        All = [.. groups];
        CompiledOn = compiledOn;
        var order = All.Select((group, i) => (group.Key, i)).ToDictionary(p => p.Key, p => p.i, StringComparer.Ordinal);
        _memberships = memberships
            .GroupBy(m => m.MemberState, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderBy(m => order[m.Group]).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>All groups: the regional ones, then the blocs.</summary>
    public IReadOnlyList<Group> All { get; }

    /// <summary>The day as of which memberships without dates are listed.</summary>
    public DateOnly CompiledOn { get; }

    /// <summary>A group by its key.</summary>
    public Group? Find(string key) => All.FirstOrDefault(group => group.Key == key);

    /// <summary>The keys of the groups that a state is in on that day.</summary>
    public IEnumerable<string> ListFor(string iso3, DateOnly day) =>
        _memberships.TryGetValue(iso3, out var memberships)
            ? memberships.Where(m => m.Spell.Contains(day)).Select(m => m.Group).Distinct()
            : [];

    /// <summary>The key of a state's current regional group; null if it has none.</summary>
    public string? RegionOf(string iso3) =>
        ListFor(iso3, CompiledOn).FirstOrDefault(key => Find(key) is { Scheme: GroupScheme.RegionalGroup });

    /// <summary>
    /// The rows of a breakdown: by `regional-group` (with `none`), by `bloc` (overlapping), or by the key of one group
    /// (that group and `none`). Null if <paramref name="by"/> is something else.
    /// </summary>
    public Grouping? CreateGrouping(string by)
    {
        if (by is "regional-group" or "bloc")
        {
            var scheme = EnumWord<GroupScheme>.Parse(by);
            var keys = All.Where(group => group.Scheme == scheme).Select(group => group.Key).ToArray();
            return new Grouping(this, by, keys, HasNone: scheme == GroupScheme.RegionalGroup);
        }
        return Find(by) is null ? null : new Grouping(this, by, [by], HasNone: true);
    }
}

/// <summary>A division of the members into rows by key.</summary>
public sealed record Grouping(Groups Groups, string By, IReadOnlyList<string> Keys, bool HasNone)
{
    /// <summary>The rows that include a state on that day.</summary>
    public IEnumerable<string> ListRows(string iso3, DateOnly day)
    {
        var found = false;
        foreach (var key in Groups.ListFor(iso3, day))
        {
            if (Keys.Contains(key, StringComparer.Ordinal))
            {
                found = true;
                yield return key;
            }
        }
        if (!found && HasNone)
        {
            yield return Groups.None;
        }
    }
}
