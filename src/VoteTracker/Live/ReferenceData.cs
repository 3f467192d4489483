using System.Data.Common;
using Dapper;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Live;

/// <summary>The member states and the groups, loaded once from the database.</summary>
internal sealed class ReferenceData
{
    private State? _state;

    public Roster Roster => Current.Roster;

    public Groups Groups => Current.Groups;

    private State Current =>
        _state ?? throw new InvalidOperationException("The reference data is loaded before the first request.");

    /// <summary>Loads them, at the start and after newer ones were imported.</summary>
    public async Task Load(DbConnection connection)
    {
        var breaks = (
            await connection.QueryAsync<BreakRow>(
                "SELECT iso3, from_day, until_day FROM membership_break ORDER BY iso3, from_day"
            )
        ).ToLookup(row => row.Iso3, row => new Spell(row.FromDay, row.UntilDay), StringComparer.Ordinal);
        var states = (
            await connection.QueryAsync<StateRow>(
                "SELECT iso3, kind, member_from, member_until, regional_group FROM member_state ORDER BY iso3"
            )
        ).ToList();
        var groups = await connection.QueryAsync<GroupRow>(
            "SELECT key, scheme, name FROM state_group ORDER BY ordinal"
        );
        var memberships = await connection.QueryAsync<MembershipRow>(
            "SELECT group_key, iso3, from_day, until_day FROM group_membership"
        );
        var compiledOn = await connection.ExecuteScalarAsync<string>(
            "SELECT value FROM fact WHERE name = 'compiled_on'"
        );
        // Some sources list the State of Palestine and the Holy See with a regional group. Only members are in one.
        var regional = states
            .Where(s => s.RegionalGroup is not null && s.Kind != "observer")
            .Select(s => new Membership(s.RegionalGroup!, s.Iso3, default));
        _state = new State(
            new Roster(
                states.Select(s => new Seat
                {
                    Iso3 = s.Iso3,
                    Kind = EnumWord<SeatKind>.Parse(s.Kind),
                    Membership = s.MemberFrom is null ? null : new Spell(s.MemberFrom, s.MemberUntil),
                    Breaks = [.. breaks[s.Iso3]],
                })
            ),
            new Groups(
                groups.Select(g => new Group
                {
                    Key = g.Key,
                    Scheme = EnumWord<GroupScheme>.Parse(g.Scheme),
                    Name = g.Name,
                }),
                memberships
                    .Select(m => new Membership(m.GroupKey, m.Iso3, new Spell(m.FromDay, m.UntilDay)))
                    .Concat(regional),
                DateOnly.ParseExact(compiledOn!, "O", System.Globalization.CultureInfo.InvariantCulture)
            )
        );
    }

    private sealed record State(Roster Roster, Groups Groups);

    private sealed record BreakRow
    {
        public string Iso3 { get; init; } = "";
        public DateOnly FromDay { get; init; }
        public DateOnly UntilDay { get; init; }
    }

    private sealed record StateRow
    {
        public string Iso3 { get; init; } = "";
        public string Kind { get; init; } = "";
        public DateOnly? MemberFrom { get; init; }
        public DateOnly? MemberUntil { get; init; }
        public string? RegionalGroup { get; init; }
    }

    private sealed record GroupRow
    {
        public string Key { get; init; } = "";
        public string Scheme { get; init; } = "";
        public string Name { get; init; } = "";
    }

    private sealed record MembershipRow
    {
        public string GroupKey { get; init; } = "";
        public string Iso3 { get; init; } = "";
        public DateOnly? FromDay { get; init; }
        public DateOnly? UntilDay { get; init; }
    }
}
