using System.Collections.Frozen;

namespace VoteTracker.Voting.Rules;

/// <summary>The kind of a seat in the hall.</summary>
public enum SeatKind
{
    /// <summary>A member of the United Nations: one vote (Charter 18 (1)).</summary>
    Member,

    /// <summary>A non-member State with a seat. It has no vote and may co-sponsor.</summary>
    Observer,

    /// <summary>A former member. Its votes are in the record under its own code.</summary>
    Former,
}

/// <summary>A spell of days, with both ends included; null is an open end.</summary>
public readonly record struct Spell(DateOnly? From, DateOnly? Until)
{
    /// <summary>Whether the spell includes the day.</summary>
    public bool Contains(DateOnly day) => (From is null || day >= From) && (Until is null || day <= Until);
}

/// <summary>A seat and the time of its membership.</summary>
public sealed record Seat
{
    /// <summary>The ISO 3166-1 alpha-3 code, which is the key everywhere.</summary>
    public required string Iso3 { get; init; }

    /// <summary>Member, observer or former.</summary>
    public required SeatKind Kind { get; init; }

    /// <summary>From admission to the end of membership; null for observers.</summary>
    public required Spell? Membership { get; init; }

    /// <summary>Spells within its membership in which it was not a member.</summary>
    public IReadOnlyList<Spell> Breaks { get; init; } = [];

    /// <summary>Whether it was a member on that day.</summary>
    public bool IsMemberOn(DateOnly day) => Membership is { } m && m.Contains(day) && !Breaks.Any(b => b.Contains(day));

    internal IEnumerable<DateOnly> Boundaries =>
        Membership is not { } membership ? [] : Breaks.Append(membership).SelectMany(DayBoundaries.FromSpell);
}

/// <summary>The days on which a spell begins or has ended.</summary>
public static class DayBoundaries
{
    /// <summary>The first day of a spell, and the day after its last.</summary>
    public static IEnumerable<DateOnly> FromSpell(Spell spell)
    {
        if (spell.From is { } from)
        {
            yield return from;
        }
        if (spell.Until is { } until && until < DateOnly.MaxValue)
        {
            yield return until.AddDays(1);
        }
    }
}

/// <summary>The roll of members on any day since 1945.</summary>
public sealed class Roster
{
    private readonly FrozenDictionary<string, Seat> _seats;
    private readonly IReadOnlyList<string>?[] _members;

    /// <summary>A roster of these seats.</summary>
    public Roster(IEnumerable<Seat> seats)
    {
        _seats = seats.ToFrozenDictionary(seat => seat.Iso3, StringComparer.Ordinal);
        Boundaries = [.. _seats.Values.SelectMany(seat => seat.Boundaries).Distinct().Order()];
        _members = new IReadOnlyList<string>?[Boundaries.Count + 1];
    }

    /// <summary>All seats, in the order of their codes.</summary>
    public IEnumerable<Seat> Seats => _seats.Values.OrderBy(seat => seat.Iso3, StringComparer.Ordinal);

    /// <summary>The days on which the roll changed, or will.</summary>
    public IReadOnlyList<DateOnly> Boundaries { get; }

    /// <summary>The seat with a code, current or former.</summary>
    public Seat? Find(string iso3) => _seats.GetValueOrDefault(iso3);

    /// <summary>The members on that day, in the order of their codes.</summary>
    public IReadOnlyList<string> MembersOn(DateOnly day)
    {
        // The roll is the same on all days between two boundaries.
        var spell = Boundaries.Count(boundary => boundary <= day);
        return _members[spell] ??= [
            .. _seats
                .Values.Where(seat => seat.IsMemberOn(day))
                .Select(seat => seat.Iso3)
                .Order(StringComparer.Ordinal),
        ];
    }
}
