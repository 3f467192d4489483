using System.Globalization;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Tests.Voting.Rules;

public sealed class RosterTests
{
    private static readonly Roster Roster = new([
        Seat("IDN", new Spell(new(1950, 9, 28), null), new Spell(new(1965, 1, 20), new DateOnly(1966, 9, 27))),
        Seat("DDR", new Spell(new(1973, 9, 18), new DateOnly(1990, 10, 2)), SeatKind.Former),
        Seat("FRA", new Spell(new(1945, 10, 24), null)),
        Seat("VAT", membership: null, SeatKind.Observer),
    ]);

    [TestCase("IDN", "1950-09-27", false)]
    [TestCase("IDN", "1950-09-28", true)]
    [TestCase("IDN", "1965-01-19", true)]
    [TestCase("IDN", "1965-01-20", false)]
    [TestCase("IDN", "1966-09-27", false)]
    [TestCase("IDN", "1966-09-28", true)]
    [TestCase("IDN", "9999-12-31", true)]
    [TestCase("DDR", "1973-09-17", false)]
    [TestCase("DDR", "1973-09-18", true)]
    [TestCase("DDR", "1990-10-02", true)]
    [TestCase("DDR", "1990-10-03", false)]
    [TestCase("VAT", "2026-11-21", false)]
    public void A_seat_is_a_member_from_its_first_day_to_its_last_except_in_breaks(string iso3, string day, bool member)
    {
        var on = Day(day);
        Roster.Find(iso3).ShouldNotBeNull().IsMemberOn(on).ShouldBe(member);
        Roster.MembersOn(on).Contains(iso3).ShouldBe(member);
    }

    [Test]
    public void The_roll_is_in_the_order_of_the_codes()
    {
        Roster.MembersOn(new DateOnly(1980, 1, 1)).ShouldBe(["DDR", "FRA", "IDN"]);
        Roster.MembersOn(new DateOnly(2026, 11, 21)).ShouldBe(["FRA", "IDN"]);
        Roster.MembersOn(new DateOnly(1945, 10, 23)).ShouldBeEmpty();
        Roster.Seats.Select(seat => seat.Iso3).ShouldBe(["DDR", "FRA", "IDN", "VAT"]);
    }

    [Test]
    public void The_days_on_which_the_roll_changes_are_in_their_order() =>
        Roster.Boundaries.ShouldBe([
            new(1945, 10, 24),
            new(1950, 9, 28),
            new(1965, 1, 20),
            new(1966, 9, 28),
            new(1973, 9, 18),
            new(1990, 10, 3),
        ]);

    [Test]
    public void A_seat_is_found_by_its_code_only()
    {
        Roster.Find("DDR").ShouldNotBeNull().Kind.ShouldBe(SeatKind.Former);
        Roster.Find("ddr").ShouldBeNull();
        Roster.Find("XXX").ShouldBeNull();
    }

    [Test]
    public void The_roll_changes_on_its_boundaries()
    {
        string[] days = ["1945-10-24", "1950-09-28", "1965-01-20", "1966-09-28", "1973-09-18", "1990-10-03"];
        Roster.Boundaries.ShouldBe(days.Select(Day));
    }

    [Test]
    public void The_roll_changes_on_no_other_day()
    {
        var changed = new List<DateOnly>();
        for (var day = new DateOnly(1945, 1, 1); day.Year < 2027; day = day.AddDays(1))
        {
            if (!Roster.MembersOn(day).SequenceEqual(Roster.MembersOn(day.AddDays(-1))))
            {
                changed.Add(day);
            }
        }
        Roster.Boundaries.ShouldBe(changed);
    }

    [TestCase(null, null, "2026-11-21", true)]
    [TestCase("2026-11-21", null, "2026-11-20", false)]
    [TestCase("2026-11-21", null, "2026-11-21", true)]
    [TestCase(null, "2026-11-21", "2026-11-21", true)]
    [TestCase(null, "2026-11-21", "2026-11-22", false)]
    [TestCase("2026-11-21", "2026-11-21", "2026-11-21", true)]
    public void A_spell_includes_both_its_days(string? from, string? until, string day, bool holds) =>
        Spell(from, until).Contains(Day(day)).ShouldBe(holds);

    [TestCase(null, null)]
    [TestCase("2026-01-01", null, "2026-01-01")]
    [TestCase(null, "2026-12-31", "2027-01-01")]
    [TestCase("2026-01-01", "2026-12-31", "2026-01-01", "2027-01-01")]
    [TestCase(null, "9999-12-31")]
    public void Something_changes_on_the_first_day_of_a_spell_and_the_day_after_its_last(
        string? from,
        string? until,
        params string[] days
    ) => DayBoundaries.FromSpell(Spell(from, until)).ShouldBe(days.Select(Day));

    private static Spell Spell(string? from, string? until) =>
        new(from is null ? null : Day(from), until is null ? null : Day(until));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Seat Seat(string iso3, Spell? membership, params Spell[] breaks) =>
        new()
        {
            Iso3 = iso3,
            Kind = SeatKind.Member,
            Membership = membership,
            Breaks = breaks,
        };

    private static Seat Seat(string iso3, Spell? membership, SeatKind kind) =>
        Seat(iso3, membership) with
        {
            Kind = kind,
        };
}
